INSERT INTO practitioners (id, name, licence, email, clinic_id) VALUES
  ('03000000-0000-4000-8000-000000000003', 'Mag. Berger', 'PT-2207', 'berger@example.org', '01000000-0000-4000-8000-000000000001');
