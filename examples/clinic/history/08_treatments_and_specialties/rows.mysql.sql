INSERT INTO equipment (id, name, serial_number, uses) VALUES ('0e000000-0000-4000-8000-000000000001', 'Ultrasound', 'US-9', '["knee","shoulder"]');
INSERT INTO room_equipment (equipment_id, room_id) VALUES ('0e000000-0000-4000-8000-000000000001', '04000000-0000-4000-8000-000000000001');
INSERT INTO prescriptions (id, valid_until, signature, encounter_id) VALUES ('10000000-0000-4000-8000-000000000001', '2024-07-10', x'00ff10', '09000000-0000-4000-8000-000000000001');
INSERT INTO prescription_items (position, dose, days, prescription_id, medication_id) VALUES (1, '1-0-1', 5, '10000000-0000-4000-8000-000000000001', '0f000000-0000-4000-8000-000000000001');
