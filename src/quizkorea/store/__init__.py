"""One SQLite file a learner: content mirror, schedule and review log. Rows never leave this room."""
