-- add_column_with_current_timestamp: up, postgres

-- alter table users
--   + column users.seen: text not null default CURRENT_TIMESTAMP
--   + column users.created_at: timestamp without time zone not null default CURRENT_TIMESTAMP
ALTER TABLE "users"
  ADD COLUMN "seen" text DEFAULT CURRENT_TIMESTAMP NOT NULL,
  ADD COLUMN "created_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;
