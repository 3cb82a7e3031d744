CREATE TABLE department (
	id INTEGER NOT NULL,
	name VARCHAR(50) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
);
CREATE TABLE employee (
	id INTEGER NOT NULL,
	department_id INTEGER,
	name VARCHAR(50) NOT NULL,
	level VARCHAR(6),
	salary NUMERIC(10, 2),
	hired DATE,
	shift TIME,
	photo BLOB,
	ratio FLOAT,
	PRIMARY KEY (id),
	CONSTRAINT uq_employee UNIQUE (department_id, name),
	CONSTRAINT level CHECK (level IN ('JUNIOR', 'SENIOR')),
	FOREIGN KEY(department_id) REFERENCES department (id)
);
CREATE INDEX ix_employee_name ON employee (name);
