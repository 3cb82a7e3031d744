"""Bundles: what a service needs of its schema and its migrations where it is deployed, in one file."""
