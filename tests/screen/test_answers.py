"""Every way of answering, with the keyboard."""

import pytest
from textual.events import Paste

from drillbox.domain.card import KINDS
from drillbox.screen.answers import InOrder, Line
from drillbox.screen.app import Wish
from drillbox.screen.rows import Rows
from tests.screen.conftest import answer_keys

NUMBER = {kind: number for number, kind in enumerate(sorted(KINDS), 1)}
TYPED = ("numeric", "formula", "cloze", "recall")


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"recall"}))
@pytest.mark.parametrize("well", [True, False])
async def test_an_answer_by_keyboard_is_marked_and_recorded(
    sit_down, kinds, kind, well
) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER[kind])) as seat:
        assert seat.screen.step.item.card.kind == kind
        await seat.answer(well)
        assert seat.shown == "ToldScreen"
        assert ("✓ Right" if well else "✗ Wrong") in seat.text
        (event,) = seat.events()
        assert (event.body["verdict"] == "right") is well


async def test_a_recall_is_graded_by_the_learner_and_never_by_enter(
    sit_down, kinds
) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["recall"])) as seat:
        await seat.answer()
        assert "You wrote: as I said" in seat.text
        assert "A good answer says" in seat.text
        assert seat.keys.startswith("0–5 grade ⏎ next")
        assert seat.events()[0].quality is None
        await seat.press("3")
        assert seat.events("grade")[0].quality == 3
        assert "Quality 3, right but hard" in seat.text


async def test_what_was_written_is_shown_as_written(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["recall"])) as seat:
        await seat.press(*"*a* [b]", "enter")
        assert "You wrote: *a* [b]" in seat.text


@pytest.mark.parametrize("kind", ["direction", "formula"])
async def test_not_knowing_has_a_key_on_every_kind(sit_down, kinds, kind) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER[kind])) as seat:
        await seat.press("question_mark", *(["enter"] if kind in TYPED else []))
        assert "Not known yet" in seat.text
        assert seat.events()[0].quality == 0


@pytest.mark.parametrize("kind", ["choice", "spot", "order"])
async def test_enter_answers_nothing_before_something_was_chosen(
    sit_down, kinds, kind
) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER[kind])) as seat:
        assert "⏎" not in seat.keys
        await seat.press("enter", "enter")
        assert (seat.shown, seat.events()) == ("AskScreen", [])


@pytest.mark.parametrize("kind", TYPED)
async def test_enter_answers_once_something_is_typed_and_is_not_offered_before(
    sit_down, kinds, kind
) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER[kind])) as seat:
        assert seat.keys.startswith("esc other keys")
        await seat.press("enter", "space", "enter")
        assert (seat.shown, seat.events()) == ("AskScreen", [])
        assert "⏎" not in seat.keys
        await seat.press("7")
        assert seat.keys.startswith("⏎ answer esc other keys")
        await seat.press("backspace")
        assert "⏎" not in seat.keys


@pytest.mark.parametrize("size", [(40, 15), (60, 20), (100, 30)])
@pytest.mark.parametrize("kind", TYPED)
async def test_an_empty_line_says_whole_what_to_type_where_it_is_not_known(
    sit_down, kinds, kind, size
) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER[kind]), size=size) as seat:
        line = seat.screen.query_one(Line)
        assert "?" in line.placeholder and "know" in line.placeholder
        assert line.placeholder in seat.text
        fullest = line.hints[0]
        assert (line.placeholder == fullest) is (len(fullest) <= size[0] - 10)
        await seat.resize(100, 30)
        assert fullest in seat.text


async def test_a_choice_can_be_made_by_cursor(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["choice"])) as seat:
        await seat.press("down", "down", "up", "enter")
        order = seat.screen.told.ask.variant.order
        assert seat.events()[0].body["answer"] == {"options": [order[0]]}


async def test_the_cursor_is_told_by_a_sign_and_stays_within_the_rows(
    sit_down, kinds
) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["choice"])) as seat:
        await seat.press("up", "down", "down")
        (marked,) = [line for line in seat.lines if "›" in line]
        assert marked.startswith("  › 4")


async def test_ticks_are_told_by_a_sign_and_can_be_taken_back(sit_down, dpo) -> None:
    async with sit_down(dpo, Wish(drop=1)) as seat:
        while not seat.screen.query("SeveralOf"):
            await seat.press("question_mark", *(["enter"] * 2))
        await seat.press("2", "3", "2")
        boxes = [line.split("]")[0][-1] for line in seat.lines if "]" in line]
        assert boxes == [" ", " ", "x", " "]
        await seat.press("up", "space")
        assert "› 1  [x]" in "\n".join(seat.lines)


async def test_a_step_can_be_taken_back(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["order"])) as seat:
        await seat.press("3", "1", "backspace", "2")
        assert "2  (2)" in "\n".join(seat.lines)
        assert "1  ( )" in "\n".join(seat.lines)
        await seat.press("enter")
        assert seat.shown == "AskScreen"
        await seat.press("1", "4", "5")
        assert seat.keys.startswith("⏎ answer")


async def test_lines_can_be_moved_into_their_order(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["order"])) as seat:
        rows = seat.screen.query_one(InOrder)
        assert "line up" not in seat.keys
        for place in range(len(rows.order)):
            here = [rows.order[line] for line in rows.lines].index(place)
            await seat.press(*["down"] * 9, *["up"] * (len(rows.order) - 1 - here))
            await seat.press(*["K"] * (here - place))
        assert "1 (1) Write the KL-regularised objective" in seat.text
        assert seat.keys.startswith("⏎ answer")
        await seat.press("enter")
        assert "✓ Right" in seat.text


async def test_a_line_moves_behind_those_that_have_a_place(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["order"])) as seat:
        rows = seat.screen.query_one(InOrder)
        await seat.press("4", "2", "up", "J", "K", "K")
        assert rows.lines == [3, 1, 4, 0, 2]
        assert "5 (5)" in seat.text
        await seat.press("1")
        assert rows.cursor == 0
        await seat.press("backspace")
        assert rows.lines == [0, 1, 2, 3, 4] and not rows.done


async def test_a_move_can_be_taken_back_and_digits_wait_for_the_last_move(
    sit_down, kinds
) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["direction"])) as seat:
        await seat.press("up", "enter", "backspace", "down", "down", "equals_sign")
        assert "How sure?" not in seat.text
        await seat.press("9", "enter")
        answer = seat.events()[0].body["answer"]
        assert answer == {"moves": ["down", "down", "same"]}


async def test_moves_are_followed_by_how_sure_where_it_is_asked(
    sit_down, kinds, monkeypatch
) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    async with sit_down(kinds, Wish(drop=NUMBER["direction"])) as seat:
        await seat.press("up", "9", "backspace", "down", "down", "equals_sign")
        assert "How sure?" in seat.text
        await seat.press("0")
        answer = seat.events()[0].body["answer"]
        assert answer == {"moves": ["down", "down", "same"], "confidence": 1.0}


@pytest.mark.parametrize("kind", ["choice", "numeric"])
async def test_an_answer_waits_until_it_is_said_how_sure(
    sit_down, kinds, monkeypatch, kind
) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    async with sit_down(kinds, Wish(drop=NUMBER[kind])) as seat:
        keys = answer_keys(seat.screen.step, well=True)
        await seat.press(*keys)
        assert "How sure?" in seat.text and seat.keys.startswith("5–9, 0 how sure")
        await seat.press("enter", "3", "backspace")
        assert "How sure?" not in seat.text and seat.events() == []
        await seat.press(*(keys if kind == "choice" else ["enter"]), "8")
        assert seat.events()[0].body["answer"]["confidence"] == 0.8
        assert "✓ Right" in seat.text


@pytest.mark.parametrize("key", ["escape", "backspace"])
@pytest.mark.parametrize("kind", ["choice", "numeric", "direction"])
async def test_the_question_how_sure_is_left_without_an_answer(
    sit_down, kinds, monkeypatch, kind, key
) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    async with sit_down(kinds, Wish(drop=NUMBER[kind])) as seat:
        await seat.press(*answer_keys(seat.screen.step, well=True))
        assert "How sure?" in seat.text
        await seat.press(key)
        assert "How sure?" not in seat.text and seat.events() == []
        assert isinstance(seat.screen.focused, Line | Rows)


@pytest.mark.parametrize("mended", [["backspace"], ["escape", "escape", "backspace"]])
async def test_what_is_no_answer_is_refused_before_it_is_asked_how_sure(
    sit_down, kinds, monkeypatch, mended
) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    async with sit_down(kinds, Wish(drop=NUMBER["numeric"]), size=(40, 15)) as seat:
        await seat.press("1", "2", "x", "enter")
        assert "How sure?" not in seat.text and "`x` is not the unit" in seat.text
        assert isinstance(seat.screen.focused, Line)
        await seat.press(*mended, "7", "enter", "9")
        answer = seat.events()[0].body["answer"]
        assert answer == {"text": "127", "confidence": 0.9}


@pytest.mark.parametrize("size", [(40, 15), (60, 20), (100, 30)])
async def test_how_sure_is_asked_where_it_is_seen_below_what_was_typed(
    sit_down, dpo, monkeypatch, size
) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    async with sit_down(dpo, Wish(drop=1), size=size) as seat:
        await seat.press("question_mark", "enter", "4", "2", "enter")
        assert "42" in seat.text
        assert "How sure? 5 = 50 %" in seat.text and "0 = 100 %" in seat.text


async def test_what_is_not_known_is_not_sure(sit_down, kinds, monkeypatch) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    async with sit_down(kinds, Wish(drop=NUMBER["choice"])) as seat:
        await seat.press("question_mark")
        assert "Not known yet" in seat.text


async def test_an_answer_that_cannot_be_read_is_kept_to_be_mended(
    sit_down, kinds
) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["numeric"])) as seat:
        await seat.press("1", "2", "x", "enter")
        assert "`x` is not the unit here" in seat.text
        assert seat.events() == []
        await seat.press("backspace", "enter")
        assert seat.events()[0].body["answer"] == {"text": "12"}


async def test_letters_are_typed_until_escape_makes_them_keys(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["recall"])) as seat:
        await seat.press(*"usqh!?")
        assert seat.screen.query_one("Line").value == "usqh!?"
        await seat.press("escape")
        assert "s suspend" in seat.keys and "esc type" in seat.keys
        await seat.press("escape", "z")
        assert seat.screen.query_one("Line").value == "usqh!?z"


async def test_a_line_beyond_the_ninth_is_reached_by_two_digits(
    sit_down, long_spot
) -> None:
    async with sit_down(long_spot, Wish(drop=1), size=(60, 14)) as seat:
        await seat.press("1", "2")
        assert "› 12  line = 12" in "\n".join(seat.lines)
        await seat.press("3")
        assert "›  3  line = 3" in "\n".join(seat.lines)
        await seat.press("down", "1", "5", "up", "enter")
        assert seat.events()[0].body["answer"] == {"line": 14}


async def test_a_click_moves_the_cursor_and_never_answers(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["choice"])) as seat:
        await seat.hand.click("Row .words", times=2)
        await seat.settle()
        assert seat.events() == []
        assert "› 1" in "\n".join(seat.lines)


async def test_a_click_on_a_key_presses_it(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["choice"])) as seat:
        column = " ".join(seat.lines[-1:]).index("? don't know")
        await seat.hand.click("Keys", offset=(column, 0))
        await seat.settle()
        assert "Not known yet" in seat.text


PASTES = [
    ("two\nlines", "two lines"),
    ("a\r\n\tb\n\n", "a b"),
    ("\x1b[31mred\x07\x00", "[31mred"),
    ("3,5\u202e7", "3,5 7"),
    ("می\u200cخواهم 日本 🎯", "می\u200cخواهم 日本 🎯"),
    ("\ud800", ""),
    ("\n", ""),
]


@pytest.mark.parametrize(("pasted", "kept"), PASTES)
async def test_a_paste_is_taken_whole_and_clean(sit_down, kinds, pasted, kept) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["recall"])) as seat:
        seat.app.post_message(Paste(pasted))
        await seat.settle()
        assert seat.screen.query_one("Line").value == kept
        await seat.press("enter")
        answers = [event.body["answer"]["text"] for event in seat.events()]
        assert answers == ([kept] if kept else [])


async def test_a_paste_without_end_is_cut_and_said(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["recall"])) as seat:
        seat.app.post_message(Paste("x" * 1_000_000))
        await seat.settle()
        assert len(seat.screen.query_one("Line").value) == 4_000
        (said,) = seat.app._notifications
        assert said.message == "Only the first 4,000 characters were pasted."


async def test_a_paste_presses_no_keys(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMBER["choice"])) as seat:
        seat.app.post_message(Paste("1\n2\nq"))
        await seat.settle()
        assert (seat.shown, seat.events()) == ("AskScreen", [])
