-- 20241125_125909: up, mysql

-- drop table paper_files
-- ! loses data: drops table `paper_files` with all its rows
-- ! breaks code that runs against the old schema: code that uses `paper_files` fails
DROP TABLE `paper_files`;

-- create table audit_entries
-- Who looked at what. Only ever added to, read by machines, so it has no key.
--   address: Where from; PostgreSQL has a type for it.
CREATE TABLE `audit_entries` (
  `at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `actor` varchar(255) NOT NULL,
  `action` enum('READ','CREATE','UPDATE','DELETE') NOT NULL,
  `model` varchar(255) NOT NULL,
  `record_id` varchar(255) NOT NULL,
  `address` varchar(45) NULL COMMENT 'Where from; PostgreSQL has a type for it.',
  `details` json NULL,
  INDEX `audit_entries_model_record_id_idx` (`model`, `record_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Who looked at what. Only ever added to, read by machines, so it has no key.';

-- create table suppliers
CREATE TABLE `suppliers` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `phone_number` varchar(255) NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `suppliers_name_key` (`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table stock_items
-- Something that runs out: gloves, syringes, printer paper.
--   on_hand: How many are there; movements keep it up to date.
--   reorder_at: Ordered again below this.
CREATE TABLE `stock_items` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `on_hand` int NOT NULL DEFAULT 0 COMMENT 'How many are there; movements keep it up to date.',
  `reorder_at` int NOT NULL DEFAULT 0 COMMENT 'Ordered again below this.',
  `tags` json NOT NULL DEFAULT ('[]'),
  `clinic_id` varchar(36) NOT NULL,
  `supplier_id` varchar(36) NULL,
  PRIMARY KEY (`id`),
  INDEX `stock_items_clinic_id_fkey` (`clinic_id`),
  INDEX `stock_items_supplier_id_fkey` (`supplier_id`),
  CONSTRAINT `stock_items_clinic_id_fkey` FOREIGN KEY (`clinic_id`) REFERENCES `clinics` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT `stock_items_supplier_id_fkey` FOREIGN KEY (`supplier_id`) REFERENCES `suppliers` (`id`) ON DELETE SET NULL ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Something that runs out: gloves, syringes, printer paper.';

-- create table stock_movements
--   quantity: Negative when something was taken out.
--   moved_on: The day it happened on, wherever the server stands.
CREATE TABLE `stock_movements` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `quantity` int NOT NULL COMMENT 'Negative when something was taken out.',
  `moved_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `moved_on` date NOT NULL DEFAULT (current_date()) COMMENT 'The day it happened on, wherever the server stands.',
  `item_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `stock_movements_item_id_fkey` (`item_id`),
  CONSTRAINT `stock_movements_item_id_fkey` FOREIGN KEY (`item_id`) REFERENCES `stock_items` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `stock_movements_quantity_check` CHECK (quantity <> 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- change table clinics: 2 changes
--   + column clinics.position: point null
--   + column clinics.settings: json not null default ('{"onlineBooking":true,"reminderHours":[24,2]}')
ALTER TABLE `clinics`
  ADD COLUMN `position` point NULL COMMENT 'Where it stands on the map, in the server''s own kind of point.',
  ADD COLUMN `settings` json NOT NULL DEFAULT ('{"onlineBooking":true,"reminderHours":[24,2]}'),
  ALGORITHM=INSTANT;
