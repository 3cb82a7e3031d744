"""Whether a new schema is safe for code that was built against the old one: its queries, and its generated types."""
