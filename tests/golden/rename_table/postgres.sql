-- rename_table: up, postgres

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename index posts_slug_key to articles_slug_key
ALTER INDEX "posts_slug_key" RENAME TO "articles_slug_key";

-- rename index posts_title_idx to articles_title_idx
ALTER INDEX "posts_title_idx" RENAME TO "articles_title_idx";

-- rename index posts_pkey to articles_pkey
ALTER INDEX "posts_pkey" RENAME TO "articles_pkey";

-- rename index comments_post_id_idx to comments_article_id_idx
ALTER INDEX "comments_post_id_idx" RENAME TO "comments_article_id_idx";

-- rename column comments.post_id to article_id
-- ! breaks code that runs against the old schema: code that uses the name `comments.post_id` fails
ALTER TABLE "comments" RENAME COLUMN "post_id" TO "article_id";

-- rename constraint posts_views_check of articles to articles_views_check
ALTER TABLE "articles" RENAME CONSTRAINT "posts_views_check" TO "articles_views_check";

-- rename constraint comments_post_id_fkey of comments to comments_article_id_fkey
ALTER TABLE "comments" RENAME CONSTRAINT "comments_post_id_fkey" TO "comments_article_id_fkey";
