-- require_two_columns_at_once: up, postgres

-- alter table users
--   ~ column users.name: null → not null, default none → 'nobody'
--   ~ column users.age: null → not null, default none → 0
ALTER TABLE "users"
  ALTER COLUMN "name" SET DEFAULT 'nobody',
  ALTER COLUMN "age" SET DEFAULT 0,
  ADD CONSTRAINT "_okra_required_name" CHECK ("name" IS NOT NULL) NOT VALID,
  ADD CONSTRAINT "_okra_required_age" CHECK ("age" IS NOT NULL) NOT VALID;

-- leave users.changed alone meanwhile
-- okra: new transaction
ALTER TABLE "users" DISABLE TRIGGER "_okra_updated_at_changed";

-- give rows of users without name, age a value
-- ! changes data: NULLs in `users.name` become 'nobody'
-- ! blocks writes or reads: nobody else can write to `users` while its rows get their values
-- ! changes data: NULLs in `users.age` become 0
UPDATE "users" SET "name" = COALESCE("name", 'nobody'), "age" = COALESCE("age", 0) WHERE "name" IS NULL OR "age" IS NULL;

-- keep users.changed again
ALTER TABLE "users" ENABLE TRIGGER "_okra_updated_at_changed";

-- see that all rows of users have name
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "_okra_required_name";

-- see that all rows of users have age
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "_okra_required_age";

-- require name, age of users
-- okra: new transaction
ALTER TABLE "users"
  ALTER COLUMN "name" SET NOT NULL,
  ALTER COLUMN "age" SET NOT NULL;

-- name, age of users needs no check any more
ALTER TABLE "users"
  DROP CONSTRAINT "_okra_required_name",
  DROP CONSTRAINT "_okra_required_age";
