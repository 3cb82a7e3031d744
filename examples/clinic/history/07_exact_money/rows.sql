INSERT INTO practitioners (id, name, licence, email, clinic_id) VALUES
  ('d3', 'Mag. Berger', 'PT-2207', 'berger@example.org', 'vie1');
