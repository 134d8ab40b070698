"""The verdict on an answer to a card, and the rating it proposes (DESIGN §5, §7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from quizkorea.core.date_grading import disputed_dates, grade_date
from quizkorea.core.faces import AnswerKind, CardFace, position_of
from quizkorea.core.notes import ChoiceNote, InterpretationNote, ListItem, ListNote
from quizkorea.core.schedule import Rating
from quizkorea.core.text import equals_any, judge_text, mentioned_terms, normal_form
from quizkorea.core.verdicts import Judgement, Verdict, close, partial, right, unreadable, wrong

HARD_FROM = 2 / 3
"""A partial answer with at least this credit proposes Hard."""


def grade_typed(face: CardFace, text: str, is_answer_elsewhere: Callable[[str], bool]) -> Judgement | None:
    """The verdict on a typed line; None where no machine grades (interpretations)."""
    match face.kind:
        case AnswerKind.DATE:
            return _grade_date(face, text)
        case AnswerKind.TEXT:
            return _grade_text(face, text, is_answer_elsewhere)
        case AnswerKind.EVENT:
            return _grade_event(face, text, is_answer_elsewhere)
        case AnswerKind.CHOICE:
            return _grade_choice_text(face, text)
        case AnswerKind.LIST:
            return grade_list(face, [item for item in re.split("[;；]", text) if item.strip()])
        case AnswerKind.SEQUENCE:
            numbers = read_numbers(text, len(face.options))
            return (
                unreadable("Type the numbers in order, such as 2 1 3.")
                if numbers is None
                else grade_order(face, numbers)
            )
        case AnswerKind.ESSAY:
            return None


def read_numbers(text: str, most: int) -> list[int] | None:
    """Indices (from 0) of a line such as `2 1 3`; None if it is anything but different numbers from 1 to `most`."""
    words = [word.lstrip("0") for word in re.split(r"[\s,;]+", text.strip())]
    if not all(word.isascii() and word.isdigit() and len(word) <= 2 and int(word) <= most for word in words):
        return None
    numbers = [int(word) - 1 for word in words]
    return numbers if len(set(numbers)) == len(numbers) else None


def _grade_date(face: CardFace, text: str) -> Judgement:
    assert face.date is not None
    if equals_any(text, face.accepted):  # another spelling that the author allows for a gap
        return right()
    return grade_date(text, face.date, face.ask, disputed_dates(dispute.value for dispute in face.note.disputes))


def _grade_text(face: CardFace, text: str, is_answer_elsewhere: Callable[[str], bool]) -> Judgement:
    judgement = judge_text(text, face.accepted, is_answer_elsewhere)
    if position_of(face) and (judgement.verdict is Verdict.RIGHT or _names_holders_only(face, text)):
        return right(f"held by {face.answer[0]}")
    if judgement.verdict not in (Verdict.RIGHT, Verdict.UNREADABLE):
        for dispute in face.note.disputes:
            if equals_any(text, [dispute.value]):
                return close(f"that is disputed: {dispute.note}")
    return judgement


def _grade_event(face: CardFace, text: str, is_answer_elsewhere: Callable[[str], bool]) -> Judgement:
    """What happened on a date: other words may well be right, so the learner compares and decides."""
    judgement = judge_text(text, face.accepted, is_answer_elsewhere)
    if judgement.verdict is Verdict.WRONG and not judgement.message:
        return close("compare it with the answer; you decide")
    return judgement


def _names_holders_only(face: CardFace, text: str) -> bool:
    """Whether a typed answer to an attribution card lists several holders, and each of them is one."""
    names = [name for name in re.split(r"[,;&/]|\band\b", text) if name.strip()]
    return len(names) > 1 and all(equals_any(name, face.accepted) for name in names)


def _grade_choice_text(face: CardFace, text: str) -> Judgement:
    picked = read_numbers(text, len(face.options))
    if picked is None:
        picked = [at for at, option in enumerate(face.options) if equals_any(text, [option])]
    return grade_choice(face, picked) if picked else unreadable("Type the number of an option.")


def grade_choice(face: CardFace, picked: Sequence[int]) -> Judgement:
    """Picked option indices. With several right, each right one counts and each wrong one takes away as much."""
    rights, chosen = set(face.right_options), set(picked)
    feedback = " ".join(_feedback_of(face, at) for at in sorted(chosen - rights)).strip()
    if chosen == rights:
        return right()
    credit = max(0.0, (len(chosen & rights) - len(chosen - rights)) / len(rights))
    if credit > 0:
        return partial(credit, feedback or f"{len(chosen & rights)} of {len(rights)}")
    return wrong(feedback)


def _feedback_of(face: CardFace, at: int) -> str:
    assert isinstance(face.note, ChoiceNote)
    return next((option.feedback or "" for option in face.note.options if option.text == face.options[at]), "")


def grade_list(face: CardFace, typed: Sequence[str]) -> Judgement:
    """By set, or by place where the list is ordered; credit is the share that is right, over-long answers pay."""
    assert isinstance(face.note, ListNote)
    if not any(normal_form(text) for text in typed):
        return unreadable("There is nothing to compare in that.")
    items = face.note.items
    hits = _hits_by_place(items, typed) if face.note.ordered else _hits_by_set(items, typed)
    if len(hits) == len(items) == len(typed):
        return right()
    missing = [item.text for at, item in enumerate(items) if at not in hits]
    extra = len(typed) - len(hits)
    said = f"{len(hits)} of {len(items)}" + (f", missing: {'; '.join(missing)}" if missing else f", {extra} too many")
    if not hits:
        return wrong(said)
    return partial(len(hits) / max(len(items), len(typed)), said)


def _hits_by_set(items: Sequence[ListItem], typed: Sequence[str]) -> set[int]:
    """The items that the texts name; where two items share a name, matched so that most of them count."""
    named = [[at for at, item in enumerate(items) if equals_any(text, (item.text, *item.aliases))] for text in typed]
    text_of: dict[int, int] = {}

    def finds_place(text: int, tried: set[int]) -> bool:
        for at in named[text]:
            if at not in tried:
                tried.add(at)
                if at not in text_of or finds_place(text_of[at], tried):
                    text_of[at] = text
                    return True
        return False

    for text in range(len(typed)):
        finds_place(text, set())
    return set(text_of)


def _hits_by_place(items: Sequence[ListItem], typed: Sequence[str]) -> set[int]:
    pairs = zip(items, typed, strict=False)
    return {at for at, (item, text) in enumerate(pairs) if equals_any(text, (item.text, *item.aliases))}


def grade_order(face: CardFace, order: Sequence[int]) -> Judgement:
    """An order of options against the right one, by adjacent pairs: credit is the share of pairs that are right."""
    rights = list(face.right_options)
    if list(order) == rights:
        return right()
    pairs = set(pairwise(rights))
    hits = sum(pair in pairs for pair in pairwise(order))
    said = f"{hits} of {len(pairs)} neighbours are right"
    return partial(hits / len(pairs), said) if hits else wrong(said)


def grade_ticks(face: CardFace, ticked: Sequence[int]) -> Judgement:
    """The key points that the learner ticked; the learner is the judge, this only counts."""
    assert isinstance(face.note, InterpretationNote)
    total, count = len(face.note.key_points), len(set(ticked))
    if count == total:
        return right()
    said = f"{count} of {total} key points"
    return partial(count / total, said) if count else wrong(said)


def mentioned_by_key_point(face: CardFace, text: str) -> tuple[tuple[str, ...], ...]:
    """For each key point, its terms that stand literally in the learner's text."""
    assert isinstance(face.note, InterpretationNote)
    return tuple(mentioned_terms(text, point.terms) for point in face.note.key_points)


def proposed_rating(judgement: Judgement | None) -> Rating:
    """The rating that is highlighted after the reveal. A close answer proposes what accepting it would give."""
    if judgement is None or judgement.verdict in (Verdict.RIGHT, Verdict.CLOSE, Verdict.UNREADABLE):
        return Rating.GOOD
    if judgement.verdict == Verdict.PARTIAL and judgement.credit >= HARD_FROM - 1e-9:
        return Rating.HARD
    return Rating.AGAIN
