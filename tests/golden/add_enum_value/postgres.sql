-- add_enum_value: up, postgres

-- add the value REVIEW to type status
ALTER TYPE "status" ADD VALUE 'REVIEW' AFTER 'DRAFT';
