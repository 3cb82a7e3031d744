-- Before this migration is taken back: a licence was a number then, as rollback.sql warns.
UPDATE practitioners SET licence = '2207' WHERE licence = 'PT-2207';
