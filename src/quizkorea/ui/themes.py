"""The program's own two themes, and the choice among them and Textual's."""

from __future__ import annotations

from collections.abc import Container

from textual.theme import Theme

DARK = Theme(
    name="quizkorea-dark",
    primary="#6ea8d8",
    secondary="#9db4c8",
    accent="#e0b25a",
    warning="#e0b25a",
    error="#e57373",
    success="#7fc48a",
    foreground="#e6e4de",
    background="#14181d",
    surface="#1b2027",
    panel="#252c35",
)
LIGHT = Theme(
    name="quizkorea-light",
    primary="#1f5c8f",
    secondary="#4a6275",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a8262e",
    success="#1d6b35",
    foreground="#1d2227",
    background="#faf8f3",
    surface="#f1eee6",
    panel="#e4e0d5",
    dark=False,
)
OWN_THEMES = (DARK, LIGHT)


def chosen_theme(wanted: str, available: Container[str]) -> tuple[str, str]:
    """The theme to use, and a sentence for the learner when the wanted one does not exist."""
    if not wanted:
        return DARK.name, ""
    if wanted in available:
        return wanted, ""
    return DARK.name, f"There is no theme {wanted!r}; using {DARK.name}. Press ctrl+p and type “theme” for a list."
