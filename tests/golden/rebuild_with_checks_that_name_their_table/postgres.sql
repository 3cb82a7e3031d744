-- rebuild_with_checks_that_name_their_table: up, postgres

-- alter table items
--   ~ column items.price: not null → null
ALTER TABLE "items" ALTER COLUMN "price" DROP NOT NULL;
