-- create_table: up, postgres

-- create table users
-- People who may log in.
--   email: Lower case, always.
CREATE TABLE "users" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "email" text NOT NULL,
  "name" text,
  "age" integer,
  "active" boolean DEFAULT true NOT NULL,
  "created_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "users_email_key" UNIQUE ("email"),
  CONSTRAINT "users_age_check" CHECK (age >= 0)
);

-- describe table users
COMMENT ON TABLE "users" IS 'People who may log in.';

-- describe users.email
COMMENT ON COLUMN "users"."email" IS 'Lower case, always.';
