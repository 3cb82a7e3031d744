-- join_table_follows_renamed_models: down, sqlite

-- drop index article_labels_label_id_idx of article_labels
DROP INDEX "article_labels_label_id_idx";

-- rename table article_labels to post_tags
-- ! breaks code that runs against the old schema: code that uses the name `article_labels` fails
ALTER TABLE "article_labels" RENAME TO "post_tags";

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename table labels to tags
-- ! breaks code that runs against the old schema: code that uses the name `labels` fails
ALTER TABLE "labels" RENAME TO "tags";

-- rename column post_tags.article_id to post_id
-- ! breaks code that runs against the old schema: code that uses the name `post_tags.article_id` fails
ALTER TABLE "post_tags" RENAME COLUMN "article_id" TO "post_id";

-- rename column post_tags.label_id to tag_id
-- ! breaks code that runs against the old schema: code that uses the name `post_tags.label_id` fails
ALTER TABLE "post_tags" RENAME COLUMN "label_id" TO "tag_id";

-- index post_tags by tag_id
CREATE INDEX "post_tags_tag_id_idx" ON "post_tags" ("tag_id");
