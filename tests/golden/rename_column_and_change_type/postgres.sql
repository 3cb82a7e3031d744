-- rename_column_and_change_type: up, postgres

-- rename column posts.title to headline
-- ! breaks code that runs against the old schema: code that uses the name `posts.title` fails
ALTER TABLE "posts" RENAME COLUMN "title" TO "headline";

-- alter table posts
--   - column posts.legacy
--   ~ column posts.views: text → integer, default '0' → 0
--   + column posts.slug: text not null default 'none'
-- ! loses data: drops column `posts.legacy` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.legacy` fails
-- ! may fail on existing data: `posts.views` may hold text that is no `integer`
-- ! changes data: `posts.views` becomes what its text means as `integer`
-- ! breaks code that runs against the old schema: code that takes `posts.views` for `text` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  DROP COLUMN "legacy",
  ALTER COLUMN "views" DROP DEFAULT,
  ALTER COLUMN "views" TYPE integer USING "views"::integer,
  ALTER COLUMN "views" SET DEFAULT 0,
  ADD COLUMN "slug" text DEFAULT 'none' NOT NULL;
