-- give_the_text_of_a_value_to_another: down, postgres

-- put the old type status aside
ALTER TYPE "status" RENAME TO "_okra_old_status";

-- create type status
CREATE TYPE "status" AS ENUM ('o', 'DONE');

-- alter table posts
-- ! changes data: `posts.status` holds values that can't be told apart any more: 'OPEN' and 'o'
-- ! may fail on existing data: rows of `posts` may come to have the same `status`
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts" ALTER COLUMN "status" TYPE status USING (CASE "status"::text WHEN 'OPEN' THEN 'o' ELSE "status"::text END)::status;

-- drop the old type status
DROP TYPE "_okra_old_status";
