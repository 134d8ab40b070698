"""Keys: their Hangul twins, the learner's own keymap, and how they are written on screen.

On the two-set Korean layout the key marked `u` gives `ㅕ`. Every letter is bound with its twin, so that nobody has to
leave the Korean input mode to rate a card; Textual names such a key by the letter itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.keys import key_to_character

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_HANGUL = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
TWINS: Mapping[str, str] = dict(zip(_LATIN, _HANGUL, strict=True))
"""Latin letter -> the Hangul letter on the same key."""

_NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "backspace": "Backspace",
    "delete": "Del",
}


def with_twins(keys: str) -> str:
    """A comma-separated list of keys, each Latin letter followed by its Hangul twin."""
    parts = [part.strip() for part in keys.split(",") if part.strip()]
    both = [key for part in parts for key in (part, TWINS.get(part)) if key is not None]
    return ",".join(dict.fromkeys(both))


def show_key(key: str) -> str:
    """A key as it is written on screen: `^p`, `Space`, `?`."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    name = _NAMES.get(last) or key_to_character(last) or last.capitalize()
    prefix = "".join("^" if modifier == "ctrl" else f"{modifier.capitalize()}+" for modifier in modifiers)
    return prefix + name


@dataclass(frozen=True, slots=True)
class KeyHint:
    """One thing that a key does, as screens show it."""

    id: str
    keys: tuple[str, ...]
    """As shown; the first is the one on the key bar. Hangul twins are left out."""
    label: str
    explanation: str
    action: str
    field_key: str | None
    """As shown, the first key that works while a field has the focus; None if all of them type a character there."""


def hints_of(bindings: Iterable[Binding], keymap: Mapping[str, str]) -> tuple[KeyHint, ...]:
    """What a screen's bindings do, with the learner's own keys in place."""
    hints = []
    for binding in bindings:
        keys = (keymap.get(binding.id or "") or binding.key).split(",")
        own = [key for key in keys if key not in TWINS.values()]
        hints.append(
            KeyHint(
                id=binding.id or "",
                keys=tuple(show_key(key) for key in own or keys),
                label=binding.description,
                explanation=binding.tooltip or binding.description,
                action=binding.action,
                field_key=next((show_key(key) for key in own or keys if not _types(key)), None),
            )
        )
    return tuple(hints)


def _types(key: str) -> bool:
    return "+" not in key and (key_to_character(key) or "").isprintable() and key_to_character(key) is not None


def keymap_of(settings: Mapping[str, str]) -> dict[str, str]:
    """The learner's `[keys]` with Hangul twins added; entries without a key are left out."""
    return {name: with_twins(keys) for name, keys in settings.items() if with_twins(keys)}


def keymap_problems(keymap: Mapping[str, str], screens: Sequence[Sequence[Binding]]) -> list[str]:
    """What is wrong with a keymap, one sentence each: ids that no screen has, and one key for two things."""
    known = {binding.id: binding for bindings in screens for binding in bindings if binding.id}
    problems = [f"config.toml sets a key for {name!r}, which is nothing here." for name in keymap if name not in known]
    for bindings in screens:
        taken: dict[str, str] = {}
        for binding in bindings:
            for key in (keymap.get(binding.id or "") or binding.key).split(","):
                other = taken.setdefault(key, binding.id or "")
                if other != (binding.id or ""):
                    problems.append(f"config.toml gives the key {show_key(key)} to both {other} and {binding.id}.")
    return [problem for problem in dict.fromkeys(problems) if not any(twin in problem for twin in TWINS.values())]
