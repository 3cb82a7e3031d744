-- join_table_follows_renamed_models: down, postgres

-- rename table article_labels to post_tags
-- ! breaks code that runs against the old schema: code that uses the name `article_labels` fails
ALTER TABLE "article_labels" RENAME TO "post_tags";

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename table labels to tags
-- ! breaks code that runs against the old schema: code that uses the name `labels` fails
ALTER TABLE "labels" RENAME TO "tags";

-- rename index articles_pkey to posts_pkey
ALTER INDEX "articles_pkey" RENAME TO "posts_pkey";

-- rename index labels_pkey to tags_pkey
ALTER INDEX "labels_pkey" RENAME TO "tags_pkey";

-- rename index article_labels_label_id_idx to post_tags_tag_id_idx
ALTER INDEX "article_labels_label_id_idx" RENAME TO "post_tags_tag_id_idx";

-- rename index article_labels_pkey to post_tags_pkey
ALTER INDEX "article_labels_pkey" RENAME TO "post_tags_pkey";

-- rename column post_tags.article_id to post_id
-- ! breaks code that runs against the old schema: code that uses the name `post_tags.article_id` fails
ALTER TABLE "post_tags" RENAME COLUMN "article_id" TO "post_id";

-- rename column post_tags.label_id to tag_id
-- ! breaks code that runs against the old schema: code that uses the name `post_tags.label_id` fails
ALTER TABLE "post_tags" RENAME COLUMN "label_id" TO "tag_id";

-- rename constraint article_labels_article_id_fkey of post_tags to post_tags_post_id_fkey
ALTER TABLE "post_tags" RENAME CONSTRAINT "article_labels_article_id_fkey" TO "post_tags_post_id_fkey";

-- rename constraint article_labels_label_id_fkey of post_tags to post_tags_tag_id_fkey
ALTER TABLE "post_tags" RENAME CONSTRAINT "article_labels_label_id_fkey" TO "post_tags_tag_id_fkey";
