"""The command line: verbs, line mode, and the only writer to stdout."""
