-- rename_enum: down, postgres

-- rename type post_status to status
ALTER TYPE "post_status" RENAME TO "status";
