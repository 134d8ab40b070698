"""The whole exception tree of the program. Every error says what happened, and what to do about it.

QuizKoreaError
├── UsageError        the caller asked for something that does not exist        exit code 2
├── DataError         a store or package that cannot be used as it is           exit code 3
│   ├── StoreUnreadable   corrupt, not a store, or no right to open it
│   │   └── StoreForeign  a database of another program
│   ├── StoreReadOnly     readable, but nothing can be written
│   ├── StoreLocked       another program kept it locked for too long
│   ├── StoreFull         there is no room on its disk
│   ├── StoreLost         its file was deleted or replaced while the program ran
│   ├── BackupFailed      a copy of it could not be written
│   └── StoreNewer        written by a later version of this program
└── DateError         a text that is no date of the deck format (a check reports it with its place)
"""

from __future__ import annotations


class QuizKoreaError(Exception):
    """Root of the tree. `message` says what happened and where; `hint` says what to do."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(QuizKoreaError):
    """A deck, tag, card or option that does not exist or cannot be combined."""

    exit_code = 2


class DataError(QuizKoreaError):
    """A data problem that stops the verb; the file is left as it was."""


class StoreUnreadable(DataError):
    """The store is corrupt, is no store of ours, or may not be opened."""


class StoreForeign(StoreUnreadable):
    """The file is a database of another program."""


class StoreReadOnly(DataError):
    """The store can be read but not written."""


class StoreLocked(DataError):
    """Another program held the store longer than we wait."""


class StoreFull(DataError):
    """The disk took no more; nothing of the last change was written."""


class StoreLost(DataError):
    """The file of the store is no longer the one that was opened; a copy of what it held is kept."""


class BackupFailed(DataError):
    """No backup could be written; what it was to precede has not happened."""


class StoreNewer(DataError):
    """The store was written by a newer program; it is left untouched."""


class ChangedElsewhere(QuizKoreaError):
    """What was to be changed has been changed by another program since; nothing was written."""

    exit_code = 1


class AnsweredElsewhere(ChangedElsewhere):
    """Another program answered the card since it was shown; that answer counts."""


class DateError(QuizKoreaError):
    """A text that is not a date of deck format 1."""
