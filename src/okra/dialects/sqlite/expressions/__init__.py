"""Expressions of SQLite: read, brought to one spelling, written."""
