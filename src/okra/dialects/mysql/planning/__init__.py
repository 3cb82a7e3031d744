"""Changes → statements of MySQL and MariaDB, with their hazards."""
