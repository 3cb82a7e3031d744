-- join_table_follows_renamed_models: up, postgres

-- rename table post_tags to article_labels
-- ! breaks code that runs against the old schema: code that uses the name `post_tags` fails
ALTER TABLE "post_tags" RENAME TO "article_labels";

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename table tags to labels
-- ! breaks code that runs against the old schema: code that uses the name `tags` fails
ALTER TABLE "tags" RENAME TO "labels";

-- rename index posts_pkey to articles_pkey
ALTER INDEX "posts_pkey" RENAME TO "articles_pkey";

-- rename index tags_pkey to labels_pkey
ALTER INDEX "tags_pkey" RENAME TO "labels_pkey";

-- rename index post_tags_tag_id_idx to article_labels_label_id_idx
ALTER INDEX "post_tags_tag_id_idx" RENAME TO "article_labels_label_id_idx";

-- rename index post_tags_pkey to article_labels_pkey
ALTER INDEX "post_tags_pkey" RENAME TO "article_labels_pkey";

-- rename column article_labels.post_id to article_id
-- ! breaks code that runs against the old schema: code that uses the name `article_labels.post_id` fails
ALTER TABLE "article_labels" RENAME COLUMN "post_id" TO "article_id";

-- rename column article_labels.tag_id to label_id
-- ! breaks code that runs against the old schema: code that uses the name `article_labels.tag_id` fails
ALTER TABLE "article_labels" RENAME COLUMN "tag_id" TO "label_id";

-- rename constraint post_tags_post_id_fkey of article_labels to article_labels_article_id_fkey
ALTER TABLE "article_labels" RENAME CONSTRAINT "post_tags_post_id_fkey" TO "article_labels_article_id_fkey";

-- rename constraint post_tags_tag_id_fkey of article_labels to article_labels_label_id_fkey
ALTER TABLE "article_labels" RENAME CONSTRAINT "post_tags_tag_id_fkey" TO "article_labels_label_id_fkey";
