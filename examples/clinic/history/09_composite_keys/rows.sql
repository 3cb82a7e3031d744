INSERT INTO employments (hours_per_week, since, practitioner_id, clinic_id) VALUES
  (20, '2024-07-01', 'd1', 'vie1'),
  (10.5, '2024-07-01', 'd1', 'grz1');
INSERT INTO payments (amount, paid_at, invoice_number, line_position) VALUES
  (60, '2024-07-20T10:00:00.000Z', 1, 1),
  (24.5, '2024-07-20T10:00:00.000Z', 1, 2);
