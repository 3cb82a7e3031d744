-- create_tables_that_refer_to_each_other: up, sqlite

-- create table authors
CREATE TABLE "authors" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "name" text NOT NULL
);

-- create table books
CREATE TABLE "books" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "title" text NOT NULL,
  "author_id" integer NOT NULL,
  FOREIGN KEY ("author_id") REFERENCES "authors" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index books by author_id
CREATE INDEX "books_author_id_idx" ON "books" ("author_id");
