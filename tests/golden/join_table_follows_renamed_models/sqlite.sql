-- join_table_follows_renamed_models: up, sqlite

-- drop index post_tags_tag_id_idx of post_tags
DROP INDEX "post_tags_tag_id_idx";

-- rename table post_tags to article_labels
-- ! breaks code that runs against the old schema: code that uses the name `post_tags` fails
ALTER TABLE "post_tags" RENAME TO "article_labels";

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename table tags to labels
-- ! breaks code that runs against the old schema: code that uses the name `tags` fails
ALTER TABLE "tags" RENAME TO "labels";

-- rename column article_labels.post_id to article_id
-- ! breaks code that runs against the old schema: code that uses the name `article_labels.post_id` fails
ALTER TABLE "article_labels" RENAME COLUMN "post_id" TO "article_id";

-- rename column article_labels.tag_id to label_id
-- ! breaks code that runs against the old schema: code that uses the name `article_labels.tag_id` fails
ALTER TABLE "article_labels" RENAME COLUMN "tag_id" TO "label_id";

-- index article_labels by label_id
CREATE INDEX "article_labels_label_id_idx" ON "article_labels" ("label_id");
