CREATE TABLE posts (id text NOT NULL, title text NOT NULL, PRIMARY KEY (id));
CREATE TABLE tags (id text NOT NULL, name text NOT NULL, PRIMARY KEY (id));
CREATE TABLE post_tags (
  post_id text NOT NULL, tag_id text NOT NULL, PRIMARY KEY (post_id, tag_id),
  FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX post_tags_tag_id_idx ON post_tags (tag_id);
CREATE TABLE featured (
  post_id text NOT NULL, tag_id text NOT NULL, PRIMARY KEY (post_id, tag_id),
  FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX featured_tag_id_idx ON featured (tag_id);
CREATE TABLE friendships (
  a_id text NOT NULL, b_id text NOT NULL, PRIMARY KEY (a_id, b_id),
  FOREIGN KEY (a_id) REFERENCES posts (id) ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY (b_id) REFERENCES posts (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX friendships_b_id_idx ON friendships (b_id);
