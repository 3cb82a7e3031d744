-- add_computed_column_to_strict_table: up, mysql

-- + column items.next: int null as (price + 1)
-- ! may fail on existing data: `items.next` may come out as a value that is no `int`
-- ! blocks writes or reads: copies all rows of `items`; nobody else can write to it meanwhile
ALTER TABLE `items` ADD COLUMN `next` int GENERATED ALWAYS AS (price + 1) STORED, ALGORITHM=COPY, LOCK=SHARED;
