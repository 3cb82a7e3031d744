-- rename_column_in_expressions: up, mysql

-- rename in items: price to cents
-- ! breaks code that runs against the old schema: code that uses the name `items.price` fails
-- ! blocks writes or reads: MySQL, unlike MariaDB, copies all rows of `items`; nobody else can write meanwhile
ALTER TABLE `items`
  /*!80016 DROP CHECK `price_fits`, DROP COLUMN `total`, */
  RENAME COLUMN `price` TO `cents`
  /*!80016 , ADD COLUMN `total` int GENERATED ALWAYS AS (cents * amount) VIRTUAL, ADD CONSTRAINT `price_fits` CHECK (cents >= amount), ALGORITHM=COPY, LOCK=SHARED */
  /*M!100600 , ALGORITHM=INSTANT */;
