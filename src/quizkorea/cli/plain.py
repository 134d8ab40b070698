"""The line mode of `study`: print, read a line, no escape codes (DESIGN §4). For screen readers, pipes and scripts."""

from __future__ import annotations

from enum import Enum, auto

from quizkorea.cli.due import due_line
from quizkorea.cli.output import ask, say
from quizkorea.cli.plain_text import back_lines, front_lines, rating_prompt, summary_lines, waiting_line
from quizkorea.core.errors import AnsweredElsewhere, ChangedElsewhere
from quizkorea.core.faces import AnswerKind
from quizkorea.core.grading import grade_ticks, mentioned_by_key_point, proposed_rating, read_numbers
from quizkorea.core.schedule import Outcome, Rating, is_leech
from quizkorea.core.verdicts import Judgement, Verdict
from quizkorea.trainer.facade import Trainer
from quizkorea.trainer.studying import StudySession
from quizkorea.trainer.views import Presented

PICK_HELP = "An empty line reveals; q quit, u undo, s suspend, b bury, f flag."
RATING_HELP = "Type 1 Again, 2 Hard (a pass), 3 Good, 4 Easy, or an empty line for the proposed one; q u s b f."
ACCEPT_HELP = "Type y to accept it (Good), n if it was wrong (Again), or a rating 1-4; q u s b f."
COMMANDS = frozenset("qusbf")


class Next(Enum):
    """What the loop does after a step."""

    CARD = auto()
    """Take the next card from the queue."""
    SAME = auto()
    """Ask the card that is on screen (undo put it there)."""
    STOP = auto()


class EndOfInput(Exception):
    """The input has ended; everything is saved."""


def study_plainly(trainer: Trainer, session: StudySession) -> None:
    """Run a session to its end, or to the end of the input."""
    if session.next() is None:
        say(*nothing_lines(session, trainer))
        return
    try:
        step = Next.SAME
        while step is not Next.STOP:
            if step is Next.CARD and session.next() is None:
                step = _finished(session)
                continue
            step = PlainCard(session).run()
    except EndOfInput:
        say("")
    say(*summary_lines(session.summary()))


def nothing_lines(session: StudySession, trainer: Trainer) -> list[str]:
    """Why a session has no card."""
    waiting = waiting_line(session.summary())
    overview = trainer.overview()
    if overview.due and not waiting:
        return ["Nothing of this is due now.", due_line(overview)]
    return [waiting] if waiting else [due_line(overview)]


def _line(prompt: str) -> str:
    line = ask(prompt)
    if line is None:
        raise EndOfInput
    return line


def _finished(session: StudySession) -> Next:
    """The last answer can still be taken back."""
    while session.can_undo:
        line = _line("All done. u undoes the last answer, an empty line ends > ").strip()
        if line in ("", "q"):
            return Next.STOP
        if line == "u":
            return undo(session)
        say("Type u or an empty line.")
    return Next.STOP


def undo(session: StudySession) -> Next:
    """Take the last action back and ask that card again."""
    if not session.can_undo:
        say("There is nothing to undo.")
        return Next.SAME if session.current else Next.CARD
    try:
        shown = session.undo()
    except ChangedElsewhere as error:
        say(str(error))
        return Next.SAME if session.current else Next.CARD
    say("Undone.")
    return Next.SAME if shown else Next.CARD


class PlainCard:
    """One card: question, answer, reveal, rating."""

    def __init__(self, session: StudySession) -> None:
        assert session.current is not None
        self._session = session
        self._card: Presented = session.current
        self._unreadable = 0

    def run(self) -> Next:
        """Ask the card until it is rated, set aside or left."""
        say("", *front_lines(self._card, self._session.progress))
        if self._card.face.kind is AnswerKind.ESSAY and (draft := self._session.draft):
            say("What you wrote before:", draft)
        while True:
            line = _line("> ")
            if line in COMMANDS:
                step = self._command(line)
                if step is not None:
                    return step
                continue
            if not line.strip():
                return self._rate(None, "")
            judgement = self._session.judge(line)
            if judgement is None or judgement.verdict is not Verdict.UNREADABLE:
                return self._rate(judgement, line)
            if self._reveals_unreadable(judgement):
                return self._rate(judgement, line)

    def _reveals_unreadable(self, judgement: Judgement) -> bool:
        """A date or text that cannot be read asks again once; a number that no option has, as often as it takes."""
        picked = self._card.face.kind in (AnswerKind.CHOICE, AnswerKind.SEQUENCE)
        self._unreadable += 1
        if picked:
            say(f"{judgement.message} {PICK_HELP}")
            return False
        say(f"{judgement.verdict}: {judgement.message}")
        return self._unreadable > 1

    def _command(self, letter: str) -> Next | None:
        """A command letter; None when the same card goes on being asked."""
        if letter == "q":
            return Next.STOP
        if letter == "u":
            return undo(self._session)
        if letter == "f":
            say("Flagged." if self._session.flag() else "The flag is gone.")
            return None
        if letter == "s":
            self._session.suspend()
            say("Suspended: it will not come again until you bring it back.")
        else:
            self._session.bury()
            say("Buried until the next study day.")
        return Next.CARD

    def _rate(self, judgement: Judgement | None, typed: str) -> Next:
        face = self._card.face
        if typed and face.kind is AnswerKind.ESSAY:
            self._session.save_draft(typed)  # the input may end before the rating
        if typed and judgement is not None and judgement.verdict is not Verdict.UNREADABLE:
            say(f"{judgement.verdict}" + (f": {judgement.message}" if judgement.message else ""))
        mentioned = mentioned_by_key_point(face, typed) if face.kind is AnswerKind.ESSAY else ()
        say(*back_lines(self._card, mentioned))
        outcomes = self._session.outcomes()
        while True:
            proposed = proposed_rating(judgement)
            closely = judgement is not None and judgement.verdict is Verdict.CLOSE
            intervals = {} if self._session.cram else outcomes
            line = _line("accept? y n 1-4 > " if closely else rating_prompt(intervals, proposed)).strip()
            if line in COMMANDS and line:
                step = self._command(line)
                if step is not None:
                    return step
                continue
            rating = _rating_of(line, proposed, closely)
            if rating is not None:
                self._keep(outcomes[rating], judgement, typed)
                return Next.CARD
            ticked = self._ticks(line)
            if ticked is not None:
                judgement = ticked
                say(f"{judgement.verdict}: {judgement.message}" if judgement.message else judgement.verdict)
            elif not (closely and not line):
                say(ACCEPT_HELP if closely else RATING_HELP)

    def _ticks(self, line: str) -> Judgement | None:
        """`t 1 3` ticks key points; None for any other line."""
        face = self._card.face
        if face.kind is not AnswerKind.ESSAY or not line.startswith("t"):
            return None
        count = len(getattr(face.note, "key_points", ()))
        picked = read_numbers(line[1:], count) if line[1:].strip() else []
        return None if picked is None else grade_ticks(face, picked)

    def _keep(self, outcome: Outcome, judgement: Judgement | None, typed: str) -> None:
        verdict = None if judgement is None else str(judgement.verdict)
        text = typed if self._card.face.kind is AnswerKind.ESSAY else None
        try:
            self._session.rate(outcome, verdict, text=text)
        except AnsweredElsewhere as error:
            say(str(error))
            return
        lapses = outcome.schedule.lapses
        if self._session.cram:
            return
        if outcome.rating is Rating.AGAIN and lapses > self._card.schedule.lapses and is_leech(lapses):
            say(f"A leech: forgotten {lapses} times. Rewrite it, learn it another way, or suspend it.")


def _rating_of(line: str, proposed: Rating, closely: bool) -> Rating | None:
    if line in ("1", "2", "3", "4"):
        return Rating(int(line))
    if closely:
        return {"y": Rating.GOOD, "n": Rating.AGAIN}.get(line)
    return proposed if not line else None
