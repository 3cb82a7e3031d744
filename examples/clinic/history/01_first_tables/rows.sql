-- What the first program wrote in its first week.
INSERT INTO clinics (id, code, name, opened_on) VALUES
  ('vie1', 'VIE1', 'Ordination Wieden', '2019-03-01'),
  ('grz1', 'GRZ1', 'Ordination Lend', '2021-09-15');
INSERT INTO patients (id, card_number, given_name, surname, birth_date, email, street, postal_code, city, clinic_id) VALUES
  ('p1', 1237010180, 'Ada', 'Novak', '1980-01-01', 'ada@example.org', 'Rainergasse 1', '1040', 'Wien', 'vie1'),
  ('p2', 9007199254740993, 'Emre', 'Yildiz', '1991-07-30', NULL, NULL, NULL, NULL, 'vie1'),
  ('p3', 4711050655, 'O''Neill', 'von der "Höh"', '1955-06-05', 'hoeh@example.org', 'Annenstraße 40', '8020', 'Graz', 'grz1');
INSERT INTO doctors (id, name, licence, email, clinic_id) VALUES
  ('d1', 'Dr. Huber', 10441, 'huber@example.org', 'vie1'),
  ('d2', 'Dr. Kaya', 20933, 'kaya@example.org', 'grz1');
INSERT INTO rooms (id, name, floor, clinic_id) VALUES
  ('r1', 'Ultrasound', '-1', 'vie1'),
  ('r2', 'Room 2', '2', 'vie1');
INSERT INTO opening_hours (id, weekday, opens_at, closes_at, clinic_id) VALUES
  ('o1', 'MON', '07:30', '16:00', 'vie1'),
  ('o2', 'TUE', '12:00', '19:00', 'vie1'),
  ('o3', 'MON', '08:00', '13:00', 'grz1');
INSERT INTO appointments (id, starts_at, minutes, status, reason, patient_id, doctor_id, room_id) VALUES
  ('a1', '2024-01-15T08:00:00.000Z', 30, 'DONE', 'knee', 'p1', 'd1', 'r2'),
  ('a2', '2024-01-16T12:30:00.000Z', 15, 'CANCELED', NULL, 'p2', 'd1', NULL),
  ('a3', '2024-02-01T09:00:00.000Z', 45, 'BOOKED', 'check-up', 'p3', 'd2', NULL);
INSERT INTO invoices (number, issued_on, state, total, patient_id) VALUES
  (1, '2024-01-15', 'PAID', 84.5, 'p1'),
  (2, '2024-01-16', 'OPEN', 12, 'p2'),
  (3, '2024-01-17', 'OPEN', 0.1, 'p3');
DELETE FROM invoices WHERE number = 3; -- its number stays used
INSERT INTO invoice_lines (id, position, text, amount, invoice_number) VALUES
  ('l1', 1, 'Consultation', 60, 1),
  ('l2', 2, 'Ultrasound', 24.5, 1),
  ('l3', 1, 'Form', 12, 2);
INSERT INTO paper_files (id, shelf, label, patient_id) VALUES ('f1', 'K-17', 'Höh 1978–2018', 'p3');
