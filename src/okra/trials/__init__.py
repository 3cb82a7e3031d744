"""Trials: migrations run with rows on a dev database, and what `up` or `down` would do to a database."""
