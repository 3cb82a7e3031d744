"""Changes → statements of SQLite, with their hazards."""
