"""The rules of the trainer as pure functions and frozen values: no clock, no disk, no SQL, no screen."""
