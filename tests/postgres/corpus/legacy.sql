-- A database that was dumped and restored many times: sequences apart, casts written out, keys added late.
CREATE SEQUENCE employees_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
CREATE TABLE employees (id integer NOT NULL, last_name character varying(20) NOT NULL, first_name character varying(10) NOT NULL, title character varying(30), birth_date date, notes text, reports_to integer, photo bytea, salary numeric(8,2) DEFAULT 0::numeric, quota bigint DEFAULT 0::bigint, ratio double precision DEFAULT (0)::double precision);
ALTER SEQUENCE employees_id_seq OWNED BY employees.id;
ALTER TABLE ONLY employees ALTER COLUMN id SET DEFAULT nextval('employees_id_seq'::regclass);
ALTER TABLE ONLY employees ADD CONSTRAINT pk_employees PRIMARY KEY (id);
ALTER TABLE ONLY employees ADD CONSTRAINT fk_reports_to FOREIGN KEY (reports_to) REFERENCES employees(id);
CREATE TABLE regions (region_id smallint NOT NULL, region_description bpchar NOT NULL);
ALTER TABLE ONLY regions ADD CONSTRAINT pk_region PRIMARY KEY (region_id);
CREATE TABLE territories (territory_id character varying(20) NOT NULL, territory_description bpchar NOT NULL, region_id smallint NOT NULL);
ALTER TABLE ONLY territories ADD CONSTRAINT pk_territories PRIMARY KEY (territory_id);
ALTER TABLE ONLY territories ADD CONSTRAINT fk_territories_region FOREIGN KEY (region_id) REFERENCES regions;
CREATE TABLE employee_territories (employee_id smallint NOT NULL, territory_id character varying(20) NOT NULL);
ALTER TABLE ONLY employee_territories ADD CONSTRAINT pk_employee_territories PRIMARY KEY (employee_id, territory_id);
ALTER TABLE ONLY employee_territories ADD CONSTRAINT fk_et_territories FOREIGN KEY (territory_id) REFERENCES territories;
ALTER TABLE ONLY employee_territories ADD CONSTRAINT fk_et_employees FOREIGN KEY (employee_id) REFERENCES employees;
CREATE TABLE categories (category_id smallint PRIMARY KEY, category_name character varying(15) NOT NULL, description text, picture bytea);
CREATE TABLE suppliers (supplier_id smallint PRIMARY KEY, company_name character varying(40) NOT NULL, homepage text, UNIQUE (company_name), UNIQUE (company_name, homepage));
CREATE TABLE items (item_id smallint PRIMARY KEY, supplier_id smallint REFERENCES suppliers, category_id smallint REFERENCES categories, unit_price real, discontinued integer NOT NULL DEFAULT '0');
CREATE TABLE film (
  film_id serial PRIMARY KEY, title varchar(255) NOT NULL, release_year integer CHECK (release_year >= 1901 AND release_year <= 2155), rental_rate numeric(4,2) DEFAULT 4.99 NOT NULL,
  rating text DEFAULT 'G'::text CHECK (rating = ANY (ARRAY['G'::text, 'PG'::text, 'R'::text])), special_features text[], fulltext tsvector NOT NULL, last_update timestamp DEFAULT now() NOT NULL
);
CREATE INDEX film_fulltext_idx ON film USING gist (fulltext);
CREATE TABLE payment (payment_id integer NOT NULL, amount numeric(5,2) NOT NULL, payment_date timestamp NOT NULL, kind character varying(10) CHECK ((kind)::text = ANY (ARRAY[('cash'::character varying)::text, ('card'::character varying)::text])));
CREATE TABLE lookup_codes (code character(3) NOT NULL, lang character(2) DEFAULT 'en'::bpchar NOT NULL, label character varying(80) DEFAULT ''::character varying NOT NULL, valid_from date DEFAULT '1900-01-01'::date, valid_to date DEFAULT '9999-12-31'::date, flag character(1) DEFAULT 'N'::bpchar, CONSTRAINT lookup_flag CHECK (flag = 'Y' OR flag = 'N'), CONSTRAINT lookup_pk PRIMARY KEY (code, lang));
CREATE TABLE counters (name text PRIMARY KEY, value bigint DEFAULT (0)::bigint, step smallint DEFAULT (1)::smallint, share numeric(5,4) DEFAULT (0.5)::numeric(5,4), at timestamp DEFAULT ('now'::text)::timestamp, day date DEFAULT ('now'::text)::date);
CREATE TABLE float_defaults (a double precision DEFAULT 0, b double precision DEFAULT 0.0, c double precision DEFAULT '0', d real DEFAULT '-1', e double precision DEFAULT 1e-10, f double precision DEFAULT 1e20, g numeric DEFAULT 1e-5, h numeric(20,5) DEFAULT 12345678901.00000);
CREATE TABLE text_defaults (a text DEFAULT 'null', b text DEFAULT 'NULL'::text, c text DEFAULT ' ', d text DEFAULT E'a\\b''c', e text DEFAULT '%s', f text DEFAULT '?', g text DEFAULT '$1', h text DEFAULT '{}', i text DEFAULT '--x', j text DEFAULT '/* x */', k text DEFAULT ';', l varchar(5) DEFAULT 'ä€😀');
COMMENT ON COLUMN text_defaults.a IS E'line one\nline two\t"quoted" \\ and ''more'' -- all of it';
CREATE TABLE nullable_key (a integer, b text);
CREATE UNIQUE INDEX nullable_key_a ON nullable_key (a);
CREATE TABLE dropped_columns (a integer, gone text, b integer CHECK (b > 0), also_gone integer, c integer REFERENCES employees);
ALTER TABLE dropped_columns DROP COLUMN gone, DROP COLUMN also_gone;
CREATE TABLE renamed_things (old_id serial PRIMARY KEY, old_name text UNIQUE, CHECK (old_name <> ''));
ALTER TABLE renamed_things RENAME COLUMN old_name TO name;
CREATE INDEX renamed_index ON renamed_things (name, old_id);
