-- add_and_drop_defaults: down, postgres

-- alter table users
--   ~ column users.role: default 'user' → none
--   ~ column users.kind: default none → 'a'
-- ! breaks code that runs against the old schema: code that inserts into `users` without `role` fails
ALTER TABLE "users"
  ALTER COLUMN "role" DROP DEFAULT,
  ALTER COLUMN "kind" SET DEFAULT 'a';
