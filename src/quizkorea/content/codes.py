"""The registry of findings: every code, its severity and its title. Codes are stable and never given a second meaning.

QK1xx file and YAML syntax · QK2xx keys and values · QK3xx ids and names · QK4xx citations and bibliography ·
QK5xx dates · QK6xx rules of the note types · QK9xx warnings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a deck from being loaded; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding."""

    name: str
    severity: Severity
    title: str


REGISTRY: dict[str, Code] = {}
"""Every code by its name, in the order of the numbers."""


def _register(name: str, title: str) -> Code:
    """Enter a code; a QK9xx is a warning, all others are errors."""
    if name in REGISTRY:
        raise ValueError(f"{name} is registered twice")
    severity = Severity.WARNING if name.startswith("QK9") else Severity.ERROR
    REGISTRY[name] = Code(name, severity, title)
    return REGISTRY[name]


CANNOT_READ = _register("QK101", "the file cannot be read")
TOO_LARGE = _register("QK102", "the file is too large")
NOT_UTF8 = _register("QK103", "the file is not valid UTF-8")
WIDE_ENCODING = _register("QK104", "the file is UTF-16 or UTF-32")
CONTROL_CHARACTER = _register("QK105", "a control character")
TOO_DEEP = _register("QK106", "nested too deeply")
ANCHOR = _register("QK107", "a YAML anchor")
ALIAS = _register("QK108", "a YAML alias")
MERGE_KEY = _register("QK109", "a YAML merge key")
TAG = _register("QK110", "a YAML tag")
DUPLICATE_KEY = _register("QK111", "a key written twice")
SECOND_DOCUMENT = _register("QK112", "a second YAML document")
EMPTY_FILE = _register("QK113", "an empty file")
NOT_A_MAPPING = _register("QK114", "the file is not a mapping")
SYNTAX = _register("QK115", "the file is not YAML")
TAB_INDENT = _register("QK116", "a tab used for indentation")
UNCLOSED_QUOTE = _register("QK117", "a quote that is never closed")
UNCLOSED_BRACKET = _register("QK118", "a bracket that is never closed")
STRAY_COLON = _register("QK119", "a colon in an unquoted text")
EMPTY_VALUE = _register("QK120", "a key without a value")
KEY_NOT_TEXT = _register("QK121", "a key that is no plain text")
TOO_MANY_VALUES = _register("QK122", "too many values")
TOO_MANY_FINDINGS = _register("QK123", "too many findings")

UNKNOWN_KEY = _register("QK201", "an unknown key")
MISSING_KEY = _register("QK202", "a required key is missing")
WRONG_SHAPE = _register("QK203", "a value of the wrong shape")
NOT_A_FLAG = _register("QK204", "a flag that is neither true nor false")
NOT_A_NUMBER = _register("QK205", "a number that is not written in digits")
BAD_FORMAT = _register("QK206", "not a deck format")
NEWER_FORMAT = _register("QK207", "made for a newer quizkorea")
UNKNOWN_TYPE = _register("QK208", "an unknown note type")
UNKNOWN_KIND = _register("QK209", "an unknown kind of fact")
KEYS_TOGETHER = _register("QK210", "two keys that belong together")
EMPTY_LIST = _register("QK211", "an empty list or mapping")
BAD_FILE_NAME = _register("QK212", "a file name that leaves the folder")

BAD_ID = _register("QK301", "not an id")
DUPLICATE_NOTE = _register("QK302", "a note id used twice")
DUPLICATE_DECK = _register("QK303", "two files of one deck")
BAD_WAS = _register("QK304", "not an earlier name")
WAS_PRESENT = _register("QK305", "an earlier name that is still present")
WAS_TWICE = _register("QK306", "an earlier name claimed twice")
DUPLICATE_POSITION = _register("QK307", "a position id used twice")

UNKNOWN_SOURCE = _register("QK401", "an unknown source")
BAD_LOCATOR = _register("QK402", "not a locator of the source")
PAGE_OUTSIDE = _register("QK403", "a page that the source does not have")
ANCHOR_LENGTH = _register("QK404", "an anchor that is too short or too long")
UNKNOWN_HOLDER = _register("QK405", "an unknown holder")
UNKNOWN_REPORTER = _register("QK406", "an unknown source in reported_by")
NO_BIBLIOGRAPHY = _register("QK407", "no sources.yaml beside the deck")
BAD_PAGES = _register("QK408", "not a range of pages")
BAD_ATTRIBUTION = _register("QK409", "not an attribution")
BAD_URL = _register("QK410", "not a web address")
REPEATED_HOLDER = _register("QK411", "a holder named twice")

BAD_DATE = _register("QK501", "not a date")
UNKNOWN_ASK = _register("QK502", "an unknown precision in ask")
ASK_TOO_FINE = _register("QK503", "ask is finer than the date")
UNDECIDED_ORDER = _register("QK504", "dates that do not decide the order")

WRONG_COUNT = _register("QK601", "too few or too many entries")
NO_CORRECT_OPTION = _register("QK602", "no correct option")
POSITIONS_MISSING = _register("QK603", "contested without two positions")
NO_GAP = _register("QK604", "a cloze without a gap")
BAD_CLOZE = _register("QK605", "a cloze that is not well formed")
NO_SUCH_GAP = _register("QK606", "aliases for a gap that does not exist")
REPEATED_ENTRY = _register("QK607", "two entries that read the same")
CANNOT_BE_TYPED = _register("QK608", "an answer that nobody can type")

LONG_FLOW_TEXT = _register("QK901", "an unquoted text of more than four words in brackets")
ANCHOR_ADVISED = _register("QK902", "a citation without an anchor")
ANCHOR_UNCHECKED = _register("QK903", "an anchor that nothing can check")
IMAGE_MISSING = _register("QK904", "an image file that is not there")
DISPUTED_NOT_DATE = _register("QK905", "a disputed value that is not a date")
