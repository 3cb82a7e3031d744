"""The use cases of versioned mode: each calls the pure functions in order, then writes or executes."""
