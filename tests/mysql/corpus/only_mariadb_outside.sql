-- ignored: sequence `numbers`
-- ignored: table `told`, whose columns keep its versions
-- ignored: the system versioning of table `versioned`
CREATE TABLE versioned (id int PRIMARY KEY, a int) WITH SYSTEM VERSIONING;
CREATE SEQUENCE numbers;
CREATE TABLE told (id int PRIMARY KEY, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME(s, e)) WITH SYSTEM VERSIONING;
