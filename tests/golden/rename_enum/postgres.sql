-- rename_enum: up, postgres

-- rename type status to post_status
ALTER TYPE "status" RENAME TO "post_status";
