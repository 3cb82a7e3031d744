-- add_and_drop_defaults: up, postgres

-- alter table users
--   ~ column users.role: default none → 'user'
--   ~ column users.kind: default 'a' → none
-- ! breaks code that runs against the old schema: code that inserts into `users` without `kind` fails
ALTER TABLE "users"
  ALTER COLUMN "role" SET DEFAULT 'user',
  ALTER COLUMN "kind" DROP DEFAULT;
