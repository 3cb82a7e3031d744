-- give_the_text_of_a_value_to_another: up, postgres

-- rename the value o of type status to OPEN
-- ! breaks code that runs against the old schema: `status` has 'OPEN' in place of 'o'
ALTER TYPE "status" RENAME VALUE 'o' TO 'OPEN';

-- add the value o to type status
ALTER TYPE "status" ADD VALUE 'o' AFTER 'OPEN';
