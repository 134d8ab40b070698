"""Quizkorea timed beside its peers and its floors, in turn, in one run. Run with `make bench`."""
