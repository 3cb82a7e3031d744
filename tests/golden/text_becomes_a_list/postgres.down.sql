-- text_becomes_a_list: down, postgres

-- alter table posts
--   ~ column posts.tag: text[] → text
--   ~ column posts.label: character varying(3)[] → character varying(5)
-- ! changes data: `posts.tag` becomes text like '{a,b}'
-- ! breaks code that runs against the old schema: code that takes `posts.tag` for `text[]` fails
-- ! may fail on existing data: `posts.label` may hold values longer than 5
-- ! changes data: `posts.label` becomes text like '{a,b}'
-- ! breaks code that runs against the old schema: code that takes `posts.label` for `character varying(3)[]` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  ALTER COLUMN "tag" TYPE text,
  ALTER COLUMN "label" TYPE character varying(5);
