-- rename_column_called_rowid_of_table_with_updated_at: down, sqlite

-- take the updated-at trigger off facts
DROP TRIGGER "facts_changed_trigger";

-- rename column facts.number to rowid
-- ! breaks code that runs against the old schema: code that uses the name `facts.number` fails
ALTER TABLE "facts" RENAME COLUMN "number" TO "rowid";

-- keep the updated-at column of facts
CREATE TRIGGER "facts_changed_trigger" AFTER UPDATE ON "facts" FOR EACH ROW
WHEN NEW."changed" IS OLD."changed" AND NEW."changed" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "facts" SET "changed" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE _rowid_ = NEW._rowid_;
END;
