CREATE TABLE bookings (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  starts TEXT NOT NULL, ends TEXT NOT NULL,
  seats INTEGER NOT NULL CONSTRAINT some_seats CHECK (seats > 0) CHECK (seats < 100),
  email TEXT CHECK (email LIKE '%_@_%' ESCAPE '!'),
  CHECK (starts < ends), CONSTRAINT "odd; name" CHECK (seats BETWEEN 1 AND 99 OR email IS NOT NULL),
  CHECK (1 = 1)
);
