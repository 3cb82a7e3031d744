-- join_table_of_keys_that_change_type: down, postgres

-- drop the foreign key of post_tags to tags
ALTER TABLE "post_tags" DROP CONSTRAINT "post_tags_tag_id_fkey";

-- alter table tags
--   ~ column tags.id: text → integer
-- ! may fail on existing data: `tags.id` may hold text that is no `integer`
-- ! changes data: `tags.id` becomes what its text means as `integer`
-- ! may fail on existing data: rows of `tags` may come to have the same `id`
-- ! breaks code that runs against the old schema: code that takes `tags.id` for `text` fails
-- ! rewrites the table: writes all rows of `tags` anew; nobody else can use it meanwhile
ALTER TABLE "tags" ALTER COLUMN "id" TYPE integer USING "id"::integer;

-- alter table post_tags
--   ~ column post_tags.tag_id: text → integer
-- ! may fail on existing data: `post_tags.tag_id` may hold text that is no `integer`
-- ! changes data: `post_tags.tag_id` becomes what its text means as `integer`
-- ! may fail on existing data: rows of `post_tags` may come to have the same `post_id, tag_id`
-- ! breaks code that runs against the old schema: code that takes `post_tags.tag_id` for `text` fails
-- ! rewrites the table: writes all rows of `post_tags` anew; nobody else can use it meanwhile
ALTER TABLE "post_tags" ALTER COLUMN "tag_id" TYPE integer USING "tag_id"::integer;

-- foreign key of post_tags to tags
ALTER TABLE "post_tags" ADD CONSTRAINT "post_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

-- see that tags has what post_tags refers to
-- okra: new transaction
ALTER TABLE "post_tags" VALIDATE CONSTRAINT "post_tags_tag_id_fkey";
