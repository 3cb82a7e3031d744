-- drop_enum_value: down, postgres

-- add the value REVIEW to type status
ALTER TYPE "status" ADD VALUE 'REVIEW' AFTER 'DRAFT';
