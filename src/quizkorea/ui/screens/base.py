"""What all screens share: the keys that are everywhere, the key bar, and the way to the trainer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, TextArea

from quizkorea.ui.context import Context
from quizkorea.ui.keys import KeyHint, hints_of, with_twins
from quizkorea.ui.screens.panel import Panel
from quizkorea.ui.widgets.key_bar import KeyBar, KeyLabel

NOTICE_SECONDS = 3.0
LONG_NOTICE_SECONDS = 12.0
"""For what the learner must do something about; a click takes it away."""


class BaseScreen(Screen[None]):
    """A screen with a key bar; its bindings are the source of the bar, the help and the palette."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    COMMON: ClassVar[list[BindingType]] = [
        Binding(with_twins("question_mark,f1"), "help", "Help", tooltip="This list of keys", id="help"),
        Binding("ctrl+p", "app.command_palette", "Palette", tooltip="Find any command by name", id="palette"),
        Binding(with_twins("q,ctrl+q"), "app.quit", "Quit", tooltip="Leave; every answer is saved", id="quit"),
    ]
    BINDINGS = COMMON
    KEYS_TITLE: ClassVar[str] = "Keys"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.trainer = context.trainer
        self._complains = False

    @classmethod
    def all_bindings(cls) -> tuple[Binding, ...]:
        """The bindings of this screen, its own first."""
        own = [] if cls.BINDINGS is cls.COMMON else cls.BINDINGS
        return tuple(binding for binding in (*own, *cls.COMMON) if isinstance(binding, Binding))

    def hints(self) -> tuple[KeyHint, ...]:
        """What the keys of this screen do, in the learner's own keymap."""
        return hints_of(self.all_bindings(), self.context.keymap)

    def can_do(self, hint: KeyHint) -> bool:
        """Whether the action of a hint is possible now."""
        name, _, rest = hint.action.partition("(")
        parameters = tuple(int(word) for word in rest.rstrip(")").split(",") if word.strip().isdigit())
        return bool(self.check_action(name, parameters))

    @property
    def is_in_field(self) -> bool:
        """Whether keys type into a field."""
        return isinstance(self.focused, Input | TextArea)

    def paint_keys(self) -> None:
        """Show the keys that matter now."""
        labels = [
            KeyLabel(
                key=(hint.field_key if self.is_in_field else None) or hint.keys[0],
                label=hint.label,
                action=hint.action if "." in hint.action else f"screen.{hint.action}",
                live=self.can_do(hint) and not (self.is_in_field and hint.field_key is None),
            )
            for hint in self.shown_hints(self.hints())
        ]
        self.query_one(KeyBar).labels = tuple(labels)

    def shown_hints(self, hints: Iterable[KeyHint]) -> Iterable[KeyHint]:
        """The hints for the key bar; a screen may leave out what cannot be done now."""
        return (hint for hint in hints if self.can_do(hint))

    def help_rows(self) -> list[tuple[str, str]]:
        """Rows of the help: keys, and what they do."""
        return [(" ".join(hint.keys), hint.explanation) for hint in self.hints()]

    def on_descendant_focus(self) -> None:
        """Letters die while a field has the focus."""
        self.paint_keys()

    def on_descendant_blur(self) -> None:
        """Letters live again."""
        self.paint_keys()

    def tell(self, sentence: str) -> None:
        """A notice, in place of the one before; whatever stands in it is text."""
        self._take_notices_away()
        self.notify(sentence, markup=False, timeout=NOTICE_SECONDS)

    def complain(self, sentence: str) -> None:
        """A notice of something that the learner can mend, in place of the one before."""
        self._take_notices_away()
        self.notify(self.context.in_short(sentence), severity="error", markup=False, timeout=LONG_NOTICE_SECONDS)
        self._complains = True

    def hush(self) -> None:
        """It was mended: the complaint goes."""
        if self._complains:
            self._take_notices_away()

    def _take_notices_away(self) -> None:
        self._complains = False
        self.app.clear_notifications()
        # Textual would leave their empty holders behind, and each would push the next notice down a line
        for screen in self.app.screen_stack:
            screen.query("ToastHolder").remove()

    def action_help(self) -> None:
        """List the keys."""
        self.app.push_screen(Panel(self.KEYS_TITLE, self.help_rows()))
