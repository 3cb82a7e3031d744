-- rename_table: down, postgres

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename index articles_slug_key to posts_slug_key
ALTER INDEX "articles_slug_key" RENAME TO "posts_slug_key";

-- rename index articles_title_idx to posts_title_idx
ALTER INDEX "articles_title_idx" RENAME TO "posts_title_idx";

-- rename index articles_pkey to posts_pkey
ALTER INDEX "articles_pkey" RENAME TO "posts_pkey";

-- rename index comments_article_id_idx to comments_post_id_idx
ALTER INDEX "comments_article_id_idx" RENAME TO "comments_post_id_idx";

-- rename column comments.article_id to post_id
-- ! breaks code that runs against the old schema: code that uses the name `comments.article_id` fails
ALTER TABLE "comments" RENAME COLUMN "article_id" TO "post_id";

-- rename constraint articles_views_check of posts to posts_views_check
ALTER TABLE "posts" RENAME CONSTRAINT "articles_views_check" TO "posts_views_check";

-- rename constraint comments_article_id_fkey of comments to comments_post_id_fkey
ALTER TABLE "comments" RENAME CONSTRAINT "comments_article_id_fkey" TO "comments_post_id_fkey";
