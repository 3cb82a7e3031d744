-- 20240506_130751: up, postgres

-- alter table invoices
--   ~ column invoices.total: double precision → numeric(10,2)
-- ! may fail on existing data: `invoices.total` may hold numbers with more digits
-- ! changes data: `invoices.total` is rounded
-- ! rewrites the table: writes all rows of `invoices` anew; nobody else can use it meanwhile
ALTER TABLE "invoices"
  ALTER COLUMN "total" DROP DEFAULT,
  ALTER COLUMN "total" TYPE numeric(10,2),
  ALTER COLUMN "total" SET DEFAULT 0;

-- alter table invoice_lines
--   ~ column invoice_lines.amount: double precision → numeric(10,2)
-- ! may fail on existing data: `invoice_lines.amount` may hold numbers with more digits
-- ! changes data: `invoice_lines.amount` is rounded
-- ! rewrites the table: writes all rows of `invoice_lines` anew; nobody else can use it meanwhile
ALTER TABLE "invoice_lines" ALTER COLUMN "amount" TYPE numeric(10,2);

-- alter table practitioners
--   ~ column practitioners.licence: integer → text, comment The number that the medical association gave. → What the medical association wrote on the licence; some have letters.
-- ! breaks code that runs against the old schema: code that takes `practitioners.licence` for `integer` fails
-- ! rewrites the table: writes all rows of `practitioners` anew; nobody else can use it meanwhile
ALTER TABLE "practitioners" ALTER COLUMN "licence" TYPE text;

-- describe practitioners.licence
COMMENT ON COLUMN "practitioners"."licence" IS 'What the medical association wrote on the licence; some have letters.';

-- alter table rooms
--   ~ column rooms.floor: text → integer, default '0' → 0, comment As it is written on the door: "2", "-1". → 0 is the ground floor.
-- ! may fail on existing data: `rooms.floor` may hold text that is no `integer`
-- ! changes data: `rooms.floor` becomes what its text means as `integer`
-- ! breaks code that runs against the old schema: code that takes `rooms.floor` for `text` fails
-- ! rewrites the table: writes all rows of `rooms` anew; nobody else can use it meanwhile
ALTER TABLE "rooms"
  ALTER COLUMN "floor" DROP DEFAULT,
  ALTER COLUMN "floor" TYPE integer USING "floor"::integer,
  ALTER COLUMN "floor" SET DEFAULT 0;

-- describe rooms.floor
COMMENT ON COLUMN "rooms"."floor" IS '0 is the ground floor.';
