CREATE TABLE categories (id INTEGER PRIMARY KEY, name TEXT NOT NULL, parent_id INTEGER REFERENCES categories (id) ON DELETE CASCADE);
CREATE TABLE people (id INTEGER PRIMARY KEY, mother_id INTEGER REFERENCES people (id), father_id INTEGER REFERENCES people (id), spouse_id INTEGER UNIQUE REFERENCES people (id));
