"""Expressions of PostgreSQL: read, brought to one spelling, written."""
