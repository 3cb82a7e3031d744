-- rename_column_and_change_type: down, postgres
-- what the migration took from rows does not come back:
--   drops column `posts.legacy` with its values
--   `posts.views` becomes what its text means as `integer`

-- rename column posts.headline to title
-- ! breaks code that runs against the old schema: code that uses the name `posts.headline` fails
ALTER TABLE "posts" RENAME COLUMN "headline" TO "title";

-- alter table posts
--   - column posts.slug
--   ~ column posts.views: integer → text, default 0 → '0'
--   + column posts.legacy: text null
-- ! loses data: drops column `posts.slug` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.slug` fails
-- ! breaks code that runs against the old schema: code that takes `posts.views` for `integer` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  DROP COLUMN "slug",
  ALTER COLUMN "views" DROP DEFAULT,
  ALTER COLUMN "views" TYPE text,
  ALTER COLUMN "views" SET DEFAULT '0',
  ADD COLUMN "legacy" text;
