-- swap_the_names_of_two_tables: down, mysql

-- rename table first to _okra_aside_first
-- ! breaks code that runs against the old schema: code that uses the name `first` fails
RENAME TABLE `first` TO `_okra_aside_first`;

-- rename table second to first
-- ! breaks code that runs against the old schema: code that uses the name `second` fails
RENAME TABLE `second` TO `first`;

-- rename table _okra_aside_first to second
RENAME TABLE `_okra_aside_first` TO `second`;
