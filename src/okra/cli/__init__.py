"""The command line: a thin layer that parses flags, calls a use case and prints what came of it."""
