-- rebuild_keeps_the_updated_at_trigger: down, postgres

-- alter table posts
--   ~ column posts.title: null → not null
-- ! breaks code that runs against the old schema: code that leaves `posts.title` out or empty fails
ALTER TABLE "posts" ADD CONSTRAINT "_okra_required_title" CHECK ("title" IS NOT NULL) NOT VALID;

-- leave posts.updated_at alone meanwhile
-- okra: new transaction
ALTER TABLE "posts" DISABLE TRIGGER "_okra_updated_at_updated_at";

-- give rows of posts without title a value
-- ! changes data: NULLs in `posts.title` become ''
-- ! blocks writes or reads: nobody else can write to `posts` while its rows get their values
UPDATE "posts" SET "title" = '' WHERE "title" IS NULL;

-- keep posts.updated_at again
ALTER TABLE "posts" ENABLE TRIGGER "_okra_updated_at_updated_at";

-- see that all rows of posts have title
-- okra: new transaction
ALTER TABLE "posts" VALIDATE CONSTRAINT "_okra_required_title";

-- require title of posts
-- okra: new transaction
ALTER TABLE "posts" ALTER COLUMN "title" SET NOT NULL;

-- title of posts needs no check any more
ALTER TABLE "posts" DROP CONSTRAINT "_okra_required_title";
