-- tables_in_other_schemas: down, postgres

-- drop table billing.invoices
-- ! loses data: drops table `billing.invoices` with all its rows
-- ! breaks code that runs against the old schema: code that uses `billing.invoices` fails
DROP TABLE "billing"."invoices";

-- drop the function for columns called changed, if nothing uses it
DO $okra$
BEGIN
  DROP FUNCTION "billing"."_okra_touch_changed"();
EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
END
$okra$;

-- drop type billing.invoice_state
DROP TYPE "billing"."invoice_state";
