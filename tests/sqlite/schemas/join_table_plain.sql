CREATE TABLE student (student_id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE course (course_id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE enrolment (
  student_id INTEGER REFERENCES student, course_id INTEGER REFERENCES course, grade REAL,
  PRIMARY KEY (student_id, course_id)
) WITHOUT ROWID;
