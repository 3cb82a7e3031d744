-- rename_column_in_expressions: down, mysql

-- rename in items: cents to price
-- ! breaks code that runs against the old schema: code that uses the name `items.cents` fails
-- ! blocks writes or reads: MySQL, unlike MariaDB, copies all rows of `items`; nobody else can write meanwhile
ALTER TABLE `items`
  /*!80016 DROP CHECK `price_fits`, DROP COLUMN `total`, */
  RENAME COLUMN `cents` TO `price`
  /*!80016 , ADD COLUMN `total` int GENERATED ALWAYS AS (price * amount) VIRTUAL, ADD CONSTRAINT `price_fits` CHECK (price >= amount), ALGORITHM=COPY, LOCK=SHARED */
  /*M!100600 , ALGORITHM=INSTANT */;
