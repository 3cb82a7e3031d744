"""Configuration, schema files and use cases together: what a library user and every command begin with."""
