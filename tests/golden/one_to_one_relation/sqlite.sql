-- one_to_one_relation: up, sqlite

-- create table profiles
CREATE TABLE "profiles" (
  "id" integer NOT NULL PRIMARY KEY,
  "user_id" integer NOT NULL,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- unique index profiles by user_id
CREATE UNIQUE INDEX "profiles_user_id_key" ON "profiles" ("user_id");
