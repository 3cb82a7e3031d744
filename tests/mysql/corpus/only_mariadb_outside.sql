-- ignored: sequence `numbers`
-- ignored: the system versioning of table `versioned`
CREATE TABLE versioned (id int PRIMARY KEY, a int) WITH SYSTEM VERSIONING;
CREATE SEQUENCE numbers;
