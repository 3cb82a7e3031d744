"""The native form of a database of MySQL and MariaDB: its types, names and defaults, and back to logical types."""
