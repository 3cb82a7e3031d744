-- one_to_one_relation: up, postgres

-- create table profiles
CREATE TABLE "profiles" (
  "id" integer NOT NULL,
  "user_id" integer NOT NULL,
  CONSTRAINT "profiles_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "profiles_user_id_key" UNIQUE ("user_id")
);

-- foreign key of profiles to users
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
