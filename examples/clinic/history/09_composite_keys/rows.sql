INSERT INTO employments (hours_per_week, since, practitioner_id, clinic_id) VALUES
  (20, '2024-07-01', '03000000-0000-4000-8000-000000000001', '01000000-0000-4000-8000-000000000001'),
  (10.5, '2024-07-01', '03000000-0000-4000-8000-000000000001', '01000000-0000-4000-8000-000000000002');
INSERT INTO payments (amount, paid_at, invoice_number, line_position) VALUES
  (60, '2024-07-20 10:00:00', 1, 1),
  (24.5, '2024-07-20 10:00:00', 1, 2);
