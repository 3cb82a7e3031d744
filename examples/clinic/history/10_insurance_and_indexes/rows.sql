INSERT INTO insurers (id, name, electronic_address) VALUES ('14000000-0000-4000-8000-000000000001', 'Gesundheitskasse', 'gk@clearing.example');
INSERT INTO insurance_policies (id, policy_number, valid_from, insurer_id, patient_id) VALUES
  ('15000000-0000-4000-8000-000000000001', '00-17', '2024-01-01', '14000000-0000-4000-8000-000000000001', '02000000-0000-4000-8000-000000000001');
UPDATE invoices SET policy_id = '15000000-0000-4000-8000-000000000001' WHERE number = 1;
INSERT INTO patient_contacts (id, name, phone, relationship, main, patient_id) VALUES
  ('16000000-0000-4000-8000-000000000001', 'Jan Novak', '+43 1 5550101', 'brother', true, '02000000-0000-4000-8000-000000000001'),
  ('16000000-0000-4000-8000-000000000002', 'Eva Novak', '+43 1 5550102', NULL, false, '02000000-0000-4000-8000-000000000001');
