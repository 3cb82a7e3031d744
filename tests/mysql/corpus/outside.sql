-- ignored: the partitions of table `parted`
-- ignored: the prefix lengths in the primary key of `prefixed_key`
-- ignored: INVISIBLE of column `seen.computed`
-- ignored: view `seen_view`
-- ignored: trigger `seen_trigger` on `seen`
-- ignored: function `seen_function`
-- ignored: procedure `seen_procedure`
CREATE TABLE seen (id int PRIMARY KEY, a int, computed int AS (a + 1) VIRTUAL INVISIBLE);
CREATE TABLE parted (id int NOT NULL, a int, PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 4;
CREATE TABLE prefixed_key (name varchar(100) NOT NULL, PRIMARY KEY (name(10)));
CREATE VIEW seen_view AS SELECT id FROM seen;
CREATE TRIGGER seen_trigger BEFORE INSERT ON seen FOR EACH ROW SET NEW.a = 1;
CREATE FUNCTION seen_function() RETURNS int RETURN 1;
CREATE PROCEDURE seen_procedure() SELECT 1;
