"""Sessions on PostgreSQL: connections, locks, failures, and what watches over statements."""
