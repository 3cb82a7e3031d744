-- join_table_follows_renamed_models: up, mysql

-- drop foreign keys post_tags_post_id_fkey, post_tags_tag_id_fkey of post_tags
ALTER TABLE `post_tags`
  DROP FOREIGN KEY `post_tags_post_id_fkey`,
  DROP FOREIGN KEY `post_tags_tag_id_fkey`,
  ALGORITHM=INSTANT;

-- rename table post_tags to article_labels
-- ! breaks code that runs against the old schema: code that uses the name `post_tags` fails
RENAME TABLE `post_tags` TO `article_labels`;

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `articles`;

-- rename table tags to labels
-- ! breaks code that runs against the old schema: code that uses the name `tags` fails
RENAME TABLE `tags` TO `labels`;

-- rename in article_labels: post_id to article_id, tag_id to label_id
-- ! breaks code that runs against the old schema: code that uses the name `article_labels.post_id` fails
-- ! breaks code that runs against the old schema: code that uses the name `article_labels.tag_id` fails
ALTER TABLE `article_labels`
  RENAME COLUMN `post_id` TO `article_id`,
  RENAME COLUMN `tag_id` TO `label_id`,
  ALGORITHM=INSTANT;

-- > index post_tags_tag_id_idx → article_labels_label_id_idx
ALTER TABLE `article_labels` RENAME INDEX `post_tags_tag_id_idx` TO `article_labels_label_id_idx`, ALGORITHM=INSTANT;

-- add foreign keys article_labels_article_id_fkey, article_labels_label_id_fkey to article_labels
-- ! blocks writes or reads: copies all rows of `article_labels`; nobody else can write to it meanwhile
ALTER TABLE `article_labels`
  ADD CONSTRAINT `article_labels_article_id_fkey` FOREIGN KEY (`article_id`) REFERENCES `articles` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT `article_labels_label_id_fkey` FOREIGN KEY (`label_id`) REFERENCES `labels` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
