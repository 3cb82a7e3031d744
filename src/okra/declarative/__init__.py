"""The database made what the schema says, at once and without files."""
