-- rename_table: up, mysql

-- drop foreign key comments_post_id_fkey of comments
ALTER TABLE `comments` DROP FOREIGN KEY `comments_post_id_fkey`, ALGORITHM=INSTANT;

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `articles`;

-- rename in comments: post_id to article_id
-- ! breaks code that runs against the old schema: code that uses the name `comments.post_id` fails
ALTER TABLE `comments` RENAME COLUMN `post_id` TO `article_id`, ALGORITHM=INSTANT;

-- change table articles: 4 changes
--   - check articles posts_views_check (views >= 0)
--   > check articles posts_views_check → articles_views_check
--   > unique index posts_slug_key → articles_slug_key
--   > index posts_title_idx → articles_title_idx
-- ! blocks writes or reads: copies all rows of `articles`; nobody else can write to it meanwhile
ALTER TABLE `articles`
  DROP CONSTRAINT `posts_views_check`,
  ADD CONSTRAINT `articles_views_check` CHECK (views >= 0),
  RENAME INDEX `posts_slug_key` TO `articles_slug_key`,
  RENAME INDEX `posts_title_idx` TO `articles_title_idx`,
  ALGORITHM=COPY, LOCK=SHARED;

-- > index comments_post_id_idx → comments_article_id_idx
ALTER TABLE `comments` RENAME INDEX `comments_post_id_idx` TO `comments_article_id_idx`, ALGORITHM=INSTANT;

-- add foreign key comments_article_id_fkey to comments
-- ! blocks writes or reads: copies all rows of `comments`; nobody else can write to it meanwhile
ALTER TABLE `comments` ADD CONSTRAINT `comments_article_id_fkey` FOREIGN KEY (`article_id`) REFERENCES `articles` (`id`) ON DELETE CASCADE ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
