-- text_becomes_a_list: up, postgres

-- alter table posts
--   ~ column posts.tag: text → text[]
--   ~ column posts.label: character varying(5) → character varying(3)[]
-- ! may fail on existing data: `posts.label` may hold values longer than 3
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  ALTER COLUMN "tag" TYPE text[] USING CASE WHEN "tag" IS NOT NULL THEN ARRAY["tag"]::text[] END,
  ALTER COLUMN "label" TYPE character varying(3)[] USING CASE WHEN "label" IS NOT NULL THEN ARRAY["label"]::character varying[] END;
