CREATE TABLE `select` (`from` int NOT NULL PRIMARY KEY, `order` int, `key` varchar(20), `index` int, KEY `group` (`order`), CONSTRAINT `check` CHECK (`order` > `index`));
CREATE TABLE `CamelCase` (`Id` int NOT NULL PRIMARY KEY, `userName` varchar(20), `HTTPStatus` int, UNIQUE KEY `UserName_Unique` (`userName`));
CREATE TABLE `with space` (`the id` int NOT NULL PRIMARY KEY, `a-b` int, `c.d` int, `e``f` int, `g"h` int, `i'j` int, KEY `an index` (`a-b`));
CREATE TABLE `mañana` (`größe` int NOT NULL PRIMARY KEY, `日本` varchar(20), `ключ` int, KEY `ключ_idx` (`ключ`));
CREATE TABLE `123` (`1` int NOT NULL PRIMARY KEY, `2a` int, `_under` int, `$dollar` int);
CREATE TABLE a_table_with_a_name_that_is_as_long_as_mysql_lets_a_name_be_here (id int NOT NULL PRIMARY KEY, a_column_with_a_name_that_is_as_long_as_mysql_lets_a_name_be_too int, KEY an_index_with_a_name_that_is_as_long_as_mysql_lets_a_name_be_too (a_column_with_a_name_that_is_as_long_as_mysql_lets_a_name_be_too));
CREATE TABLE `user` (`id` int NOT NULL PRIMARY KEY, `type` varchar(20), `date` date, `time` time, `timestamp` timestamp NULL, `value` int, `name` varchar(10), `rank` int, `system` int, `end` int, CONSTRAINT words CHECK (`end` > `rank` and `date` is not null));
CREATE TABLE `model` (`enum` int NOT NULL PRIMARY KEY, `true` tinyint(1), `null` int, `__typename` varchar(10));
