"""`python -m quizkorea` is the same as `quizkorea`."""

from quizkorea.start import run

if __name__ == "__main__":
    run()
