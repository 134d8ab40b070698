"""quizkorea: a flashcard and quiz trainer for the origins of the Korean War."""

__version__ = "0.1.0"
