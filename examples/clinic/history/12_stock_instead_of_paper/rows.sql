INSERT INTO suppliers (id, name, phone_number) VALUES ('depot', 'Our own depot', NULL), ('sup1', 'Medbedarf', '+43 1 5550199');
INSERT INTO stock_items (id, name, on_hand, reorder_at, tags, clinic_id, supplier_id) VALUES
  ('n1', 'Gloves M', 400, 100, '["gloves"]', 'vie1', 'sup1');
INSERT INTO stock_movements (quantity, item_id) VALUES (500, 'n1'), (-100, 'n1');
INSERT INTO audit_entries (actor, action, model, record_id, address, details) VALUES
  ('d1', 'READ', 'Patient', 'p1', '192.0.2.7', NULL),
  ('d1', 'READ', 'Patient', 'p1', '192.0.2.7', NULL);
