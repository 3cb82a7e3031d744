"""Changes → statements of PostgreSQL, with their hazards."""
