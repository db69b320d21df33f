"""The keys that work on every step, and the lines they leave."""

import asyncio

import pytest

from drillbox.domain.card import KINDS
from drillbox.screen.app import Wish

CHOICE = sorted(KINDS).index("choice") + 1
NUMERIC = sorted(KINDS).index("numeric") + 1  # the drop of the kinds with such a card


async def test_undo_takes_back_the_answer_and_asks_it_again(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        prompt = seat.screen.step.variant
        await seat.answer()
        await seat.press("u")
        assert seat.shown == "AskScreen"
        assert seat.screen.step.variant == prompt
        assert "undone: the answer to “Which one?”" in seat.text
        assert len(seat.events("undo")) == 1


async def test_undo_works_from_every_step(sit_down, small) -> None:
    async with sit_down(small) as seat:
        await seat.press("enter")
        assert seat.shown == "ReadScreen"
        await seat.read()
        await seat.press("u")
        assert (seat.shown, len(seat.events("undo"))) == ("ReadScreen", 1)
        await seat.read()
        while seat.shown != "EndScreen":
            await seat.answer()
            await seat.press(*["4"] * (seat.screen.told.quality is None), "enter")
        await seat.press("u")
        assert seat.shown == "AskScreen"
        assert len(seat.events("undo")) == 2


async def test_undo_is_offered_on_a_step_once_there_is_something_to_undo(
    sit_down, small
) -> None:
    async with sit_down(small) as seat:
        await seat.press("enter")
        assert seat.shown == "ReadScreen" and "undo" not in seat.keys
        await seat.press("u")
        assert (seat.shown, seat.events("undo")) == ("ReadScreen", [])
        await seat.press("exclamation_mark", "x", "enter")
        assert "u undo" in seat.keys
        await seat.press("u")
        assert "undo " not in seat.keys.replace("undone", "")
        await seat.read()
        assert seat.shown == "AskScreen" and "u undo" in seat.keys
        await seat.press("u", "q")
        await seat.press("enter")
        assert seat.shown == "ReadScreen" and "undo" not in seat.keys


async def test_undo_is_offered_for_what_a_session_did_before_the_day_changed(
    sit_down, small, clock
) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        assert "undo" not in seat.keys
        await seat.answer()
        clock.sleep(days=1)
        await seat.press("enter", "escape")
        assert seat.shown == "AskScreen" and "u undo" in seat.keys
        await seat.press("u")
        assert len(seat.events("undo")) == 1


async def test_what_was_said_goes_with_the_next_key(sit_down, small) -> None:
    async with sit_down(small) as seat:
        await seat.press("enter", "exclamation_mark", "x", "enter")
        assert "noted on" in seat.text
        await seat.press("escape")
        assert (seat.shown, "noted on" in seat.text) == ("ReadScreen", False)
        await seat.press("u")
        assert "undone" in seat.text
        await seat.press("pagedown")
        assert "undone" not in seat.text


async def test_where_nothing_is_said_a_key_lays_nothing_out_anew(
    sit_down, kinds, monkeypatch
) -> None:
    async with sit_down(kinds, Wish(drop=CHOICE)) as seat:
        said: list[object] = []
        screen = type(seat.screen)
        monkeypatch.setattr(screen, "say", lambda _, notes: said.append(notes))
        await seat.press("down", "down", "up")
        assert said == [], "it took 30 ms at each key"


async def test_why_a_line_is_refused_stays_while_it_is_mended(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMERIC)) as seat:
        await seat.press("1", "x", "enter", "backspace", "2")
        assert "`x` is not the unit" in seat.text
        await seat.press("escape")
        assert "`x` is not the unit" not in seat.text


async def test_suspend_sets_a_card_aside_and_undo_brings_it_back(
    sit_down, small
) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.press("s")
        assert "“Which one?” is suspended" in seat.text
        assert seat.screen.step.item.id == "sum"
        await seat.press("escape", "u")
        assert seat.screen.step.item.id == "pick"


async def test_letters_of_a_note_are_written_and_press_no_keys(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.press("exclamation_mark")
        assert "01-first.yaml:" in seat.text
        await seat.press(*"u s!q1", "enter")
        (note,) = seat.events("note")
        assert note.body["text"] == "u s!q1"
        assert (seat.shown, seat.events()) == ("AskScreen", [])
        assert "noted on" in seat.text


async def test_a_note_can_be_dropped(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.press("exclamation_mark", "x", "escape")
        await seat.press("exclamation_mark", "enter")
        assert (seat.shown, seat.events("note")) == ("AskScreen", [])


async def test_a_note_on_a_reading_may_have_blanks_and_marks_nothing_as_read(
    sit_down, small
) -> None:
    async with sit_down(small) as seat:
        await seat.press("enter", "exclamation_mark", "a", "space", "b", "enter")
        assert seat.events("note")[0].body["text"] == "a b"
        assert (seat.shown, seat.events("read")) == ("ReadScreen", [])


async def test_the_end_has_no_card_to_note_on(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        for _ in range(4):
            await seat.answer()
            await seat.press("enter")
        assert seat.shown == "EndScreen"
        assert "note" not in seat.keys
        await seat.press("exclamation_mark")
        assert seat.shown == "EndScreen"


async def test_a_hint_costs_one_quality_and_survives_a_note(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.press("h")
        assert "Hint. Not the second." in seat.text
        assert "h hint" not in seat.keys
        await seat.press("exclamation_mark", "x", "enter")
        assert "Hint. Not the second." in seat.text
        await seat.answer()
        assert seat.events()[0].quality == 3


async def test_what_was_typed_survives_a_note(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.press("s", "7", "escape", "exclamation_mark", "x", "enter")
        assert seat.screen.query_one("Line").value == "7"


async def test_a_card_without_a_hint_offers_none(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=1)) as seat:
        assert "hint" not in seat.keys
        await seat.press("h")
        assert "Hint" not in seat.text


@pytest.mark.parametrize("quality", ["0", "5"])
async def test_a_grade_is_changed_with_one_key_up_and_down(
    sit_down, small, quality
) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.answer()
        await seat.press("2", quality)
        assert f"Quality {quality}," in seat.text
        assert [event.quality for event in seat.events("grade")] == [2, int(quality)]


async def test_space_shows_the_rest_of_a_verdict_before_it_goes_on(
    sit_down, kinds
) -> None:
    async with sit_down(kinds, Wish(drop=6), size=(60, 16)) as seat:
        await seat.answer(well=False)
        assert "Asked:" not in seat.text and "space read on" in seat.keys
        while "space read on" in seat.keys:
            await seat.press("space")
        assert "Asked:" in seat.text
        await seat.press("space")
        assert seat.shown == "EndScreen"


@pytest.mark.parametrize("size", [(40, 15), (60, 20), (100, 30)])
async def test_a_verdict_shows_its_keys_on_as_many_lines_as_they_need(
    sit_down, dpo, size
) -> None:
    async with sit_down(dpo, Wish(drop=1), size=size) as seat:
        await seat.answer()
        await seat.press("enter")
        await seat.answer(well=False)
        for key in ("u undo", "q end", "f1 keys"):
            assert any(key in line for line in seat.lines), (key, seat.lines)


async def test_the_drop_of_a_card_can_be_read_from_its_verdict(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.answer()
        await seat.press("r")
        assert "A margin is βh." in seat.text
        await seat.press("escape")
        assert seat.shown == "ToldScreen"


async def test_a_card_forgotten_again_and_again_is_proposed_for_suspension(
    sit_down, small
) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.answer()
        from dataclasses import replace

        assert "Forgotten again and again" not in seat.text
        seat.screen.renew(replace(seat.screen.told, leech=True))
        await seat.settle()
        assert "Forgotten again and again: s suspends" in seat.text.replace("`", "")


async def test_q_ends_the_session_and_keeps_what_was_answered(sit_down, small) -> None:
    async with sit_down(small) as seat:
        await seat.press("enter")
        await seat.read()
        await seat.answer()
        await seat.press("q")
        assert (seat.shown, len(seat.events())) == ("HomeScreen", 1)


async def test_help_lists_the_keys_of_the_screen_below_it(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.press("f1")
        lines = "\n".join(seat.lines)
        for key, what in (("1–3", "answer"), ("?", "don't know"), ("h", "hint")):
            assert any(line.split() == [key, *what.split()] for line in seat.lines), key
        assert "ctrl+t" in lines
        assert "a lucky guess would only put the card off" in seat.text
        await seat.press("f1")
        assert seat.shown == "AskScreen"


async def test_help_while_typing_lists_what_escape_sets_free(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=2)) as seat:
        assert "suspend" not in seat.keys
        await seat.press("x", "f1")
        typing, _, free = seat.text.partition("After Esc")
        assert "⏎ answer" in typing and "other keys" in typing
        assert "s suspend" in free and "scroll down" in free


async def test_help_leaves_out_the_keys_that_the_answer_takes(sit_down, small) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        assert "↑↓ move" in seat.keys
        await seat.press("f1")
        assert "↑↓ move" in seat.text and "scroll down" not in seat.text


async def test_time_spent_on_help_is_not_time_spent_on_the_card(
    sit_down, small, monkeypatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("drillbox.screen.page.monotonic", lambda: now[0])
    async with sit_down(small, Wish(drop=1)) as seat:
        now[0] += 2
        await seat.press("f1")
        now[0] += 600
        await seat.press("f1")
        now[0] += 3
        await seat.answer()
        assert seat.events()[0].body["duration_ms"] == 5000


async def test_the_end_of_a_reading_comes_to_rest_in_every_width(sit_down, dpo) -> None:
    async with sit_down(dpo, size=(80, 20)) as seat, asyncio.timeout(60):
        await seat.press("enter")
        for width in range(40, 100, 3):
            await seat.resize(width, 20)
            seat.screen.column.scroll_end(animate=False)
            await seat.settle()
            while seat.screen.more_below():
                await seat.press("space")
            assert seat.keys.startswith("⏎ to the cards")


async def test_a_reading_is_left_only_from_its_end(sit_down, dpo) -> None:
    async with sit_down(dpo, size=(80, 20)) as seat:
        await seat.press("enter")
        assert seat.keys.startswith("⏎ read on")
        await seat.press("enter")
        assert seat.shown == "ReadScreen"
        await seat.press("pageup")
        assert "four-model accounting" in seat.text
        while seat.screen.more_below():
            await seat.press("space")
        assert seat.events("read") == []
        assert seat.keys.startswith("⏎ to the cards")
        await seat.press("enter")
        assert (seat.shown, len(seat.events("read"))) == ("AskScreen", 1)
