-- 20240506_130751: down, postgres
-- what the migration took from rows does not come back:
--   `invoices.total` is rounded
--   `invoice_lines.amount` is rounded
--   `rooms.floor` becomes what its text means as `integer`

-- alter table invoices
--   ~ column invoices.total: numeric(10,2) → double precision
-- ! may fail on existing data: `invoices.total` may hold numbers too large for `double precision`
-- ! changes data: `invoices.total` keeps 15 digits
-- ! rewrites the table: writes all rows of `invoices` anew; nobody else can use it meanwhile
ALTER TABLE "invoices"
  ALTER COLUMN "total" DROP DEFAULT,
  ALTER COLUMN "total" TYPE double precision,
  ALTER COLUMN "total" SET DEFAULT 0;

-- alter table invoice_lines
--   ~ column invoice_lines.amount: numeric(10,2) → double precision
-- ! may fail on existing data: `invoice_lines.amount` may hold numbers too large for `double precision`
-- ! changes data: `invoice_lines.amount` keeps 15 digits
-- ! rewrites the table: writes all rows of `invoice_lines` anew; nobody else can use it meanwhile
ALTER TABLE "invoice_lines" ALTER COLUMN "amount" TYPE double precision;

-- alter table practitioners
--   ~ column practitioners.licence: text → integer, comment What the medical association wrote on the licence; some have letters. → The number that the medical association gave.
-- ! may fail on existing data: `practitioners.licence` may hold text that is no `integer`
-- ! changes data: `practitioners.licence` becomes what its text means as `integer`
-- ! may fail on existing data: rows of `practitioners` may come to have the same `licence`
-- ! breaks code that runs against the old schema: code that takes `practitioners.licence` for `text` fails
-- ! rewrites the table: writes all rows of `practitioners` anew; nobody else can use it meanwhile
ALTER TABLE "practitioners" ALTER COLUMN "licence" TYPE integer USING "licence"::integer;

-- describe practitioners.licence
COMMENT ON COLUMN "practitioners"."licence" IS 'The number that the medical association gave.';

-- alter table rooms
--   ~ column rooms.floor: integer → text, default 0 → '0', comment 0 is the ground floor. → As it is written on the door: "2", "-1".
-- ! breaks code that runs against the old schema: code that takes `rooms.floor` for `integer` fails
-- ! rewrites the table: writes all rows of `rooms` anew; nobody else can use it meanwhile
ALTER TABLE "rooms"
  ALTER COLUMN "floor" DROP DEFAULT,
  ALTER COLUMN "floor" TYPE text,
  ALTER COLUMN "floor" SET DEFAULT '0';

-- describe rooms.floor
COMMENT ON COLUMN "rooms"."floor" IS 'As it is written on the door: "2", "-1".';
