-- text_becomes_a_list: up, postgres

-- alter table posts
--   ~ column posts.tag: text → text[]
--   ~ column posts.label: character varying(5) → character varying(3)[]
-- ! breaks code that runs against the old schema: code that takes `posts.tag` for `text` fails
-- ! may fail on existing data: `posts.label` may hold values longer than 3
-- ! breaks code that runs against the old schema: code that takes `posts.label` for `character varying(5)` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  ALTER COLUMN "tag" TYPE text[] USING CASE WHEN "tag" IS NOT NULL THEN ARRAY["tag"]::text[] END,
  ALTER COLUMN "label" TYPE character varying(3)[] USING CASE WHEN "label" IS NOT NULL THEN ARRAY["label"]::character varying[] END;
