-- The program moves the addresses; from here on it reads and writes the new table alone.
INSERT INTO patient_addresses (street, postal_code, city, patient_id)
  SELECT street, postal_code, city, id FROM patients WHERE street IS NOT NULL;
