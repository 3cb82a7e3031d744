-- change_description_only: up, postgres

-- describe table users
COMMENT ON TABLE "users" IS 'People.';

-- describe users.id
COMMENT ON COLUMN "users"."id" IS 'The number.';
