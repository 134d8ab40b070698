"""The sections of a run, one module each."""
