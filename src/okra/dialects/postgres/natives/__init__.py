"""The native form of a database of PostgreSQL: its types, names and defaults, and back to logical types."""
