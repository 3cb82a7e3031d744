"""Sessions on SQLite: connections, locks, failures, and what watches over statements."""
