"""The schema language: text in, SchemaDefinition out. Knows no SQL."""
