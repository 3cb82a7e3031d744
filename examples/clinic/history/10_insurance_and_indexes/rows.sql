INSERT INTO insurers (id, name, electronic_address) VALUES ('i1', 'Gesundheitskasse', 'gk@clearing.example');
INSERT INTO insurance_policies (id, policy_number, valid_from, insurer_id, patient_id) VALUES
  ('k1', '00-17', '2024-01-01', 'i1', 'p1');
UPDATE invoices SET policy_id = 'k1' WHERE number = 1;
INSERT INTO patient_contacts (id, name, phone, relationship, main, patient_id) VALUES
  ('c1', 'Jan Novak', '+43 1 5550101', 'brother', 1, 'p1'),
  ('c2', 'Eva Novak', '+43 1 5550102', NULL, 0, 'p1');
