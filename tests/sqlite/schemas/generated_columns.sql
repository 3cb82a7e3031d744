CREATE TABLE lines (
  id INTEGER PRIMARY KEY,
  price NUMERIC NOT NULL,
  amount INTEGER NOT NULL,
  total NUMERIC GENERATED ALWAYS AS (price * amount) STORED,
  label TEXT AS ('#' || id) VIRTUAL,
  kind TEXT NOT NULL AS (CASE WHEN amount > 10 THEN 'bulk' ELSE 'single' END)
);
CREATE INDEX lines_total ON lines (total);
