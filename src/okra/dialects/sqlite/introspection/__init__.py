"""What a live database of SQLite holds, read from its catalogue."""
