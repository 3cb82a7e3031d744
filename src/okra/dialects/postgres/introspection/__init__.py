"""What a live database of PostgreSQL holds, read from its catalogue."""
