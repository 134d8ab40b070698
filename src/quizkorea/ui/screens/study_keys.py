"""The keys of the study screen (DESIGN §5). Each id can be given other keys in `config.toml`."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from quizkorea.ui.keys import with_twins

STUDY_BINDINGS: list[BindingType] = [
    Binding("space,enter", "proceed", "Reveal/take", tooltip="Reveal; then take the proposed rating", id="proceed"),
    Binding("1", "rate(1)", "Again", tooltip="Again: you did not know it", id="again"),
    Binding("2", "rate(2)", "Hard", tooltip="Hard: you knew it, with effort. It is a pass", id="hard"),
    Binding("3", "rate(3)", "Good", tooltip="Good: you knew it", id="good"),
    Binding("4", "rate(4)", "Easy", tooltip="Easy: you knew it at once", id="easy"),
    Binding(with_twins("y"), "accept(1)", "Yes", tooltip="A close answer: accept it (Good)", id="yes"),
    Binding(with_twins("n"), "accept(0)", "No", tooltip="A close answer: do not accept it (Again)", id="no"),
    Binding(with_twins("t"), "tick_again", "Ticks", tooltip="An essay: back to the key points", id="ticks"),
    Binding("ctrl+s", "submit", "Submit", tooltip="Submit what you wrote, in any field", id="submit"),
    Binding("tab", "field", "Field", tooltip="Back into the field", id="field"),
    Binding(with_twins("u,ctrl+z"), "undo", "Undo", tooltip="Take back the last answer or mark", id="undo"),
    Binding(with_twins("e"), "edit", "Edit", tooltip="Edit the note in your editor, at its line", id="edit"),
    Binding(with_twins("f"), "flag", "Flag", tooltip="Put a flag on the card, or take it off", id="flag"),
    Binding(with_twins("s"), "suspend", "Suspend", tooltip="Suspend the card until you bring it back", id="suspend"),
    Binding(with_twins("b"), "bury", "Bury", tooltip="Bury the card until the next study day", id="bury"),
    Binding(with_twins("i"), "info", "Info", tooltip="What is known of your memory of the card", id="info"),
    Binding(with_twins("c"), "citations", "Cite", tooltip="Citations in full, with the words there", id="citations"),
    Binding("escape", "leave", "Back", tooltip="Leave the field; then leave the session", id="leave"),
    Binding("up", "scroll(-1)", "Up", tooltip="Scroll up", id="up"),
    Binding("down", "scroll(1)", "Down", tooltip="Scroll down", id="down"),
    Binding("pageup", "scroll(-10)", "PgUp", tooltip="Scroll up a page", id="page-up"),
    Binding("pagedown", "scroll(10)", "PgDn", tooltip="Scroll down a page", id="page-down"),
]

OFF_BAR = frozenset({"hard", "good", "easy", "up", "down", "page-up", "page-down"})
"""Ids that the key bar leaves to the help, or shows together with another."""

ALWAYS_ON_BAR = frozenset({"citations", "undo"})
"""Ids that stay on the key bar, dim, when they do nothing."""
