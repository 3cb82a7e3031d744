UPDATE patients SET language = 'tr' WHERE id = 'p2';
INSERT INTO encounters (id, started_at, ended_at, notes, patient_id, practitioner_id, appointment_id) VALUES
  ('e1', '2024-01-15T08:05:00.000Z', '2024-01-15T08:40:00.000Z', 'Knee, left; rest.', 'p1', 'd1', 'a1'),
  ('e2', '2024-02-20T10:00:00.000Z', NULL, '', 'p3', 'd2', NULL);
INSERT INTO diagnoses (id, code, note, encounter_id) VALUES ('g1', 'M23.2', NULL, 'e1');
INSERT INTO observations (id, code, value, unit, taken_at, encounter_id) VALUES
  ('b1', '8310-5', 36.6, 'Cel', '2024-01-15T08:06:00.000Z', 'e1'),
  ('b2', '29463-7', 71, 'kg', '2024-01-15T08:07:00.000Z', 'e1');
