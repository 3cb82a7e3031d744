-- join_table_follows_renamed_models: down, mysql

-- drop foreign keys article_labels_article_id_fkey, article_labels_label_id_fkey of article_labels
ALTER TABLE `article_labels`
  DROP FOREIGN KEY `article_labels_article_id_fkey`,
  DROP FOREIGN KEY `article_labels_label_id_fkey`,
  ALGORITHM=INSTANT;

-- rename table article_labels to post_tags
-- ! breaks code that runs against the old schema: code that uses the name `article_labels` fails
RENAME TABLE `article_labels` TO `post_tags`;

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
RENAME TABLE `articles` TO `posts`;

-- rename table labels to tags
-- ! breaks code that runs against the old schema: code that uses the name `labels` fails
RENAME TABLE `labels` TO `tags`;

-- rename in post_tags: article_id to post_id, label_id to tag_id
-- ! breaks code that runs against the old schema: code that uses the name `post_tags.article_id` fails
-- ! breaks code that runs against the old schema: code that uses the name `post_tags.label_id` fails
ALTER TABLE `post_tags`
  RENAME COLUMN `article_id` TO `post_id`,
  RENAME COLUMN `label_id` TO `tag_id`,
  ALGORITHM=INSTANT;

-- > index article_labels_label_id_idx → post_tags_tag_id_idx
ALTER TABLE `post_tags` RENAME INDEX `article_labels_label_id_idx` TO `post_tags_tag_id_idx`, ALGORITHM=INSTANT;

-- add foreign keys post_tags_post_id_fkey, post_tags_tag_id_fkey to post_tags
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags`
  ADD CONSTRAINT `post_tags_post_id_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT `post_tags_tag_id_fkey` FOREIGN KEY (`tag_id`) REFERENCES `tags` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
