CREATE SCHEMA billing;

CREATE TYPE mood AS ENUM ('sad', 'ok', 'very happy');
CREATE TYPE "OrderStatus" AS ENUM ('OPEN', 'PAID');
CREATE TYPE billing.unused AS ENUM ('a');
COMMENT ON TYPE mood IS 'how one feels';
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 5 CACHE 10) PRIMARY KEY,
  old_id serial UNIQUE,
  email varchar(255) NOT NULL,
  name text COLLATE "C",
  mood mood NOT NULL DEFAULT 'ok',
  moods mood[] DEFAULT '{}',
  tags text[] NOT NULL DEFAULT '{}'::text[],
  meta jsonb,
  j json,
  score numeric(10,2) DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  born date, t time(3), i interval, ip inet, b bit(3), vb varbit(8), m money, u uuid DEFAULT gen_random_uuid(),
  c char(3), f4 real, f8 float8, si smallint, by bytea, ts tsvector,
  full_name text GENERATED ALWAYS AS (coalesce(name,'') || ' ' || email) STORED,
  CONSTRAINT score_ok CHECK (score >= 0 AND score < 100),
  CHECK (email <> '')
) WITH (fillfactor=70);
COMMENT ON TABLE users IS 'people';
COMMENT ON COLUMN users.email IS 'where they read';
CREATE UNIQUE INDEX users_lower ON users (lower(email)) WHERE name IS NOT NULL;
CREATE INDEX users_ops ON users USING gin (tags array_ops);
CREATE INDEX ON users (created_at DESC NULLS LAST, name text_pattern_ops) INCLUDE (email) WITH (fillfactor=90);
CREATE INDEX users_brin ON users USING brin (born);
CREATE UNIQUE INDEX users_plain_unique ON users (email);
ALTER TABLE users ADD CONSTRAINT users_name_key UNIQUE (name) DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE billing.invoices (
  user_id bigint NOT NULL REFERENCES public.users (id) ON DELETE CASCADE DEFERRABLE,
  number int NOT NULL,
  status "OrderStatus" DEFAULT 'OPEN',
  CONSTRAINT pk_inv PRIMARY KEY (user_id, number)
);
CREATE UNLOGGED TABLE cache (k text PRIMARY KEY, v text);
CREATE TABLE "Odd Table" ("Weird Col" int, "select" text, "ünï" text);
CREATE TABLE tags (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, parent uuid REFERENCES tags);
CREATE TABLE posts (id uuid PRIMARY KEY, author bigint REFERENCES users(id) ON UPDATE CASCADE ON DELETE SET NULL, updated_at timestamp);
CREATE TABLE post_tags (post_id uuid NOT NULL REFERENCES posts ON DELETE CASCADE ON UPDATE CASCADE, tag_id uuid NOT NULL REFERENCES tags ON DELETE CASCADE ON UPDATE CASCADE, PRIMARY KEY (post_id, tag_id));
CREATE INDEX post_tags_tag_id_idx ON post_tags (tag_id);
CREATE VIEW v AS SELECT * FROM tags;
CREATE TABLE part (a int) PARTITION BY RANGE (a);
