"""Seeding: rows for a database, from files of data, SQL and Python."""
