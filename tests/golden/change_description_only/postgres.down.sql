-- change_description_only: down, postgres

-- describe table users
COMMENT ON TABLE "users" IS NULL;

-- describe users.id
COMMENT ON COLUMN "users"."id" IS NULL;
