-- 20240120_143022: up, postgres

-- create table users
CREATE TABLE "users" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "email" text NOT NULL,
  "full_name" text NOT NULL,
  "password_hash" text NOT NULL,
  "created_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updated_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "users_email_key" UNIQUE ("email")
);

-- create table posts
CREATE TABLE "posts" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "title" text NOT NULL,
  "content" text,
  "author_id" uuid NOT NULL,
  "created_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "updated_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- how columns called updated_at are kept
CREATE OR REPLACE FUNCTION "_okra_touch_updated_at"() RETURNS trigger
  LANGUAGE plpgsql AS $okra$
BEGIN
  IF NEW."updated_at" IS DISTINCT FROM OLD."updated_at" OR NEW OPERATOR(pg_catalog.*=) OLD THEN
    RETURN NEW;
  END IF;
  IF TG_NARGS > 0 AND pg_catalog.to_jsonb(NEW) - TG_ARGV = pg_catalog.to_jsonb(OLD) - TG_ARGV THEN
    RETURN NEW;
  END IF;
  NEW."updated_at" := CURRENT_TIMESTAMP;
  RETURN NEW;
END
$okra$;

-- keep the updated-at column of users
CREATE TRIGGER "_okra_updated_at_updated_at" BEFORE UPDATE ON "users"
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_updated_at"();

-- keep the updated-at column of posts
CREATE TRIGGER "_okra_updated_at_updated_at" BEFORE UPDATE ON "posts"
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_updated_at"();
