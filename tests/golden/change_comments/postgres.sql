-- change_comments: up, postgres

-- describe type role
COMMENT ON TYPE "role" IS NULL;

-- describe table users
COMMENT ON TABLE "users" IS 'It''s who may log in.';

-- describe users.mail
COMMENT ON COLUMN "users"."mail" IS NULL;

-- describe users.role
COMMENT ON COLUMN "users"."role" IS 'Decides what they see.';

-- describe index one_mail
COMMENT ON INDEX "one_mail" IS 'no address twice';
