-- add_unique_column: up, sqlite

-- add column users.email
ALTER TABLE "users" ADD COLUMN "email" text;

-- unique index users by email
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");
