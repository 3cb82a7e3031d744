"""Expressions of MySQL and MariaDB: read, brought to one spelling, written."""
