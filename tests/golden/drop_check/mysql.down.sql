-- drop_check: down, mysql

-- + check users users_age_check (age >= 0)
-- ! may fail on existing data: rows of `users` may not satisfy `age >= 0`
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users` ADD CONSTRAINT `users_age_check` CHECK (age >= 0), ALGORITHM=COPY, LOCK=SHARED;
