INSERT INTO facts VALUES ('five'), ('three');
