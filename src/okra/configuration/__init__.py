"""okra.config.json: how it is read, what it may say, and the variables and files that it names."""
