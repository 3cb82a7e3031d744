"""Sessions on MySQL and MariaDB: connections, locks, failures, and what watches over statements."""
