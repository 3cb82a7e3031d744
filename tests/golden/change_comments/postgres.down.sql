-- change_comments: down, postgres

-- describe type role
COMMENT ON TYPE "role" IS 'What they may do.';

-- describe table users
COMMENT ON TABLE "users" IS 'Who may log in.';

-- describe users.mail
COMMENT ON COLUMN "users"."mail" IS 'Where to write to.';

-- describe users.role
COMMENT ON COLUMN "users"."role" IS NULL;

-- describe index one_mail
COMMENT ON INDEX "one_mail" IS 'nobody twice';
