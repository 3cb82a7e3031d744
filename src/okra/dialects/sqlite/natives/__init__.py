"""The native form of a database of SQLite: its types, names and defaults, and back to logical types."""
