CREATE TABLE patients (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, born DATE, sex CHAR(1) CHECK (sex IN ('f', 'm', 'x')), notes TEXT);
CREATE TABLE doctors (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, licence TEXT UNIQUE);
CREATE TABLE appointments (id TEXT PRIMARY KEY NOT NULL, patient_id TEXT NOT NULL REFERENCES patients ON DELETE RESTRICT, doctor_id TEXT NOT NULL REFERENCES doctors, starts_at DATETIME NOT NULL, ends_at DATETIME NOT NULL, UNIQUE (doctor_id, starts_at), CHECK (ends_at > starts_at));
CREATE TABLE diagnoses (code TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE patient_diagnoses (patient_id TEXT NOT NULL REFERENCES patients ON DELETE CASCADE, diagnosis_code TEXT NOT NULL REFERENCES diagnoses, since DATE, PRIMARY KEY (patient_id, diagnosis_code));
