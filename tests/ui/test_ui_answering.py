"""Answering every kind of card with real keys."""

from __future__ import annotations

import pytest
from ui_stage import ALL, Stage, Theatre, one

from quizkorea.core.session import Limits
from quizkorea.ui.requests import StudyRequest


def proposed(stage: Stage) -> str:
    """The rating that is marked with signs on the bar."""
    return stage.text.partition("▸ ")[2].partition(" ◂")[0]


@pytest.mark.parametrize(
    ("typed", "begins", "rating"),
    [
        ("Bruce [C.] Cumings", "Right ✓", "3 Good"),
        ("bruce c cumings", "Right ✓", "3 Good"),
        ("Cumings", "Right ✓", "3 Good"),
        ("Bruce C. Cumingz", "Close ≈", "3 Good"),
        ("Kim Il-sung", "Wrong ✗", "1 Again"),
    ],
)
async def test_a_typed_answer_gets_its_verdict_and_proposal(
    theatre: Theatre, typed: str, begins: str, rating: str
) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.write(typed, "enter")
        assert any(line.strip().startswith(begins) for line in stage.text.splitlines())
        assert proposed(stage).startswith(rating)
        assert typed in stage.flat
        assert not stage.in_field


async def test_an_answer_can_be_typed_key_by_key_in_two_scripts(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press(*"김일성 usb", "enter")
        assert "Wrong ✗" in stage.text
        assert "김일성 usb" in stage.text


@pytest.mark.parametrize(
    ("typed", "begins", "rating"),
    [
        ("9 November 1989", "Right ✓", "3 Good"),
        ("November 1989", "Partial ◐", "2 Hard"),
        ("1989", "Partial ◐", "1 Again"),
        ("10 November 1989", "Close ≈", "3 Good"),
        ("12 May 1970", "Wrong ✗", "1 Again"),
    ],
)
async def test_a_date_is_graded_by_its_precision(theatre: Theatre, typed: str, begins: str, rating: str) -> None:
    async with theatre.open(one("date")) as stage:
        await stage.write(typed, "enter")
        assert f"\n  {begins}" in stage.text
        assert proposed(stage).startswith(rating)


async def test_an_unreadable_date_is_asked_again_once_and_then_revealed(theatre: Theatre) -> None:
    async with theatre.open(one("date")) as stage:
        await stage.write("tomorrow-ish", "enter")
        assert "Unreadable ?" in stage.text
        assert "Disputed" not in stage.text
        assert stage.in_field
        await stage.press("enter")
        assert "Unreadable ?" in stage.text
        assert "9 November 1989" in stage.text
        assert stage.answered == 0


@pytest.mark.parametrize(("key", "rating"), [("enter", 3), ("y", 3), ("ㅛ", 3), ("n", 1), ("ㅜ", 1), ("2", 2)])
async def test_a_close_answer_is_accepted_or_not(theatre: Theatre, key: str, rating: int) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.write("Bruce C. Cumingz", "enter")
        assert "Accept it? Enter or y: yes, Good · n: no, Again" in stage.flat
        await stage.press(key)
        assert stage.answered == 1
        assert list(stage.app.screen.session.summary().by_rating) == [rating]  # type: ignore[attr-defined]


async def test_yes_and_no_do_nothing_where_nothing_is_close(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.write("Kim Il-sung", "enter")
        await stage.press("y", "n")
        assert stage.answered == 0


@pytest.mark.parametrize("keys", [("enter",), ("escape", "space"), ("escape", "enter"), ("ctrl+s",)])
async def test_nothing_typed_reveals_and_proposes_good(theatre: Theatre, keys: tuple[str, ...]) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press(*keys)
        assert "Bruce [C.] Cumings" in stage.text
        assert "You wrote" not in stage.text
        assert proposed(stage).startswith("3 Good")


async def test_the_number_of_an_option_picks_it_at_once(theatre: Theatre) -> None:
    async with theatre.open(one("choice", limits=Limits(1))) as stage:
        right = stage.app.screen.attempt.presented.face.right_options[0] + 1  # type: ignore[attr-defined]
        await stage.press("9")
        assert "[1-3]" not in stage.text
        assert "Right ✓" not in stage.text
        await stage.press(str(right))
        assert "Right ✓" in stage.text
        assert f"✓ {right} the [first] one (right, your pick)" in stage.text
        assert "No, the [/second] is not." in stage.text
        await stage.press("space")
        assert stage.answered == 1


async def test_a_wrong_option_is_marked_in_words(theatre: Theatre) -> None:
    async with theatre.open(one("choice")) as stage:
        face = stage.app.screen.attempt.presented.face  # type: ignore[attr-defined]
        wrong = next(at for at in range(3) if at not in face.right_options) + 1
        await stage.press(str(wrong))
        assert "Wrong ✗" in stage.text
        assert f"✗ {wrong}" in stage.text
        assert "(your pick)" in stage.text
        assert proposed(stage).startswith("1 Again")


async def test_an_option_can_be_clicked(theatre: Theatre) -> None:
    async with theatre.open(one("choice")) as stage:
        await stage.pilot.click("#options .text")
        await stage.settle()
        assert "(your pick)" in stage.text or "(right, your pick)" in stage.text


async def second_choice(stage: Stage) -> tuple[int, ...]:
    """Go on to the choice with two right options; their numbers."""
    await stage.press("enter", "4")
    assert "[ ] 1" in stage.text
    return tuple(at + 1 for at in stage.app.screen.attempt.presented.face.right_options)  # type: ignore[attr-defined]


async def test_several_right_options_are_toggled_and_submitted(theatre: Theatre) -> None:
    async with theatre.open(one("choice")) as stage:
        rights = await second_choice(stage)
        wrong = next(number for number in (1, 2, 3) if number not in rights)
        await stage.press(str(wrong))
        assert f"[x] {wrong}" in stage.text
        await stage.press(str(wrong), *map(str, rights))
        assert f"[ ] {wrong}" in stage.text
        assert "Right" not in stage.text
        await stage.press("enter")
        assert "Right ✓" in stage.text


async def test_one_of_two_right_options_is_partial(theatre: Theatre) -> None:
    async with theatre.open(one("choice")) as stage:
        rights = await second_choice(stage)
        await stage.press(str(rights[0]), "enter")
        assert "Partial ◐  1 of 2" in stage.text


async def test_a_list_is_split_at_semicolons(theatre: Theatre) -> None:
    async with theatre.open(one("list")) as stage:
        await stage.write("blue; red", "enter")
        assert "Partial ◐ 2 of 3, missing: green [G]" in stage.flat
        assert proposed(stage).startswith("2 Hard")


async def test_a_sequence_takes_its_numbers_in_order(theatre: Theatre) -> None:
    async with theatre.open(one("sequence"), size=(120, 40)) as stage:
        order = stage.app.screen.attempt.presented.face.right_options  # type: ignore[attr-defined]
        await stage.write(" ".join(str(at + 1) for at in order), "enter")
        assert "Right ✓" in stage.text
        assert "the [treaty] is signed (4 April 1949)" in stage.flat


async def test_an_item_of_a_sequence_can_be_clicked_into_the_field(theatre: Theatre) -> None:
    async with theatre.open(one("sequence")) as stage:
        await stage.pilot.click("#options .text")
        await stage.press("enter")
        assert "Wrong" in stage.text or "Partial" in stage.text or "Unreadable" in stage.text


async def test_key_points_of_an_essay_are_ticked_by_number_and_propose_a_rating(theatre: Theatre) -> None:
    async with theatre.open(one("interpretation")) as stage:
        await stage.write("to stop flight, not after talks", "ctrl+s")
        assert "mentioned: flight" in stage.text
        assert "[ ] 1 Names the [flight] of people" in stage.text
        await stage.press("1", "2", "3", "3")
        assert "[x] 1" in stage.text
        assert "[x] 2" in stage.text
        assert "[ ] 3" in stage.text
        assert "2 of 3 ticked, which proposes Hard" in stage.flat
        await stage.press("enter")
        assert proposed(stage).startswith("2 Hard")
        await stage.press("t", "3", "enter")
        assert "Right ✓" in stage.text
        await stage.press("3")
        assert stage.answered == 1


async def test_an_essay_thought_through_and_not_ticked_proposes_good(theatre: Theatre) -> None:
    async with theatre.open(one("interpretation")) as stage:
        await stage.press("ctrl+s", "enter")
        assert proposed(stage).startswith("3 Good")


async def test_an_essay_written_and_not_ticked_proposes_again(theatre: Theatre) -> None:
    async with theatre.open(one("interpretation")) as stage:
        await stage.write("x", "ctrl+s")
        assert "0 of 3 ticked, which proposes Again" in stage.flat
        await stage.press("enter")
        assert proposed(stage).startswith("1 Again")


async def test_the_back_of_an_essay_names_holders_claims_evidence_and_sources(theatre: Theatre) -> None:
    async with theatre.open(one("interpretation"), size=(100, 60)) as stage:
        await stage.press("ctrl+s")
        for words in (
            "Ann [Author]",
            "It was built to stop [flight].",
            "Millions [had] left.",
            "as reported by Ann [Author]",
            "Model answer",
            "It [shaped] the age of 냉전.",
            "A Second Look (1995), p. 8",
        ):
            assert words in stage.flat, words


async def test_digits_rate_after_the_key_points_are_done(theatre: Theatre) -> None:
    async with theatre.open(one("interpretation")) as stage:
        await stage.press("ctrl+s", "1")
        assert stage.answered == 0
        await stage.press("enter", "4")
        assert stage.answered == 1


@pytest.mark.parametrize(("key", "name"), [("1", "Again"), ("2", "Hard"), ("3", "Good"), ("4", "Easy")])
async def test_every_number_rates(theatre: Theatre, key: str, name: str) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter")
        assert f"{key} {name} " in stage.text
        assert "Hard is a pass" in stage.text
        await stage.press(key)
        assert [rating.name for rating in stage.app.screen.session.summary().by_rating] == [name.upper()]  # type: ignore[attr-defined]


async def test_a_rating_can_be_clicked(theatre: Theatre) -> None:
    async with theatre.open(one("fact")) as stage:
        await stage.press("enter")
        await stage.pilot.click("RatingBar _Button.-proposed")
        await stage.settle()
        assert stage.answered == 1


async def test_the_next_card_appears_at_once_with_an_empty_field(theatre: Theatre) -> None:
    async with theatre.open(ALL) as stage:
        await stage.write("Cumings", "enter", "3")
        assert stage.card == "brackets/when#main"
        assert "1 done · 7 left" in stage.text or "1 done · 8 left" in stage.text
        assert stage.in_field
        assert stage.app.focused.value == ""  # type: ignore[union-attr]


async def test_practice_leaves_the_schedule_alone(theatre: Theatre) -> None:
    async with theatre.open(one("fact", cram=True)) as stage:
        assert "practice" in stage.text
        await stage.press("enter", "3")
        assert stage.answered == 0


async def test_a_session_without_cards_opens_home(theatre: Theatre) -> None:
    async with theatre.open(StudyRequest(new_limit=0)) as stage:
        assert stage.screen == "HomeScreen"
        assert "Nothing is due" in stage.notices
