"""One file a rule: what it finds, why that is dangerous, and the safe way."""
