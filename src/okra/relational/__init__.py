"""What a database is and how two of them differ. Knows neither the schema language nor a dialect."""
