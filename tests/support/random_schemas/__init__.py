"""Random schemas, changes to them, and rows for them: what the property tests run on."""
