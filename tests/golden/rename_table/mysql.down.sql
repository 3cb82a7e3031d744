-- rename_table: down, mysql

-- drop foreign key comments_article_id_fkey of comments
ALTER TABLE `comments` DROP FOREIGN KEY `comments_article_id_fkey`, ALGORITHM=INSTANT;

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
RENAME TABLE `articles` TO `posts`;

-- rename in comments: article_id to post_id
-- ! breaks code that runs against the old schema: code that uses the name `comments.article_id` fails
ALTER TABLE `comments` RENAME COLUMN `article_id` TO `post_id`, ALGORITHM=INSTANT;

-- change table posts: 4 changes
--   - check posts articles_views_check (views >= 0)
--   > check posts articles_views_check → posts_views_check
--   > unique index articles_slug_key → posts_slug_key
--   > index articles_title_idx → posts_title_idx
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  DROP CONSTRAINT `articles_views_check`,
  ADD CONSTRAINT `posts_views_check` CHECK (views >= 0),
  RENAME INDEX `articles_slug_key` TO `posts_slug_key`,
  RENAME INDEX `articles_title_idx` TO `posts_title_idx`,
  ALGORITHM=COPY, LOCK=SHARED;

-- > index comments_article_id_idx → comments_post_id_idx
ALTER TABLE `comments` RENAME INDEX `comments_article_id_idx` TO `comments_post_id_idx`, ALGORITHM=INSTANT;

-- add foreign key comments_post_id_fkey to comments
-- ! blocks writes or reads: copies all rows of `comments`; nobody else can write to it meanwhile
ALTER TABLE `comments` ADD CONSTRAINT `comments_post_id_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts` (`id`) ON DELETE CASCADE ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
