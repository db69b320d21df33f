"""The session over lines of text, as a pipe or a screen reader has it."""

import io
import re
from collections.abc import Callable

import pytest

from drillbox.domain.course import Course
from drillbox.domain.event import ANSWER
from drillbox.history.log import Log
from drillbox.plain import run
from drillbox.session import adopt, today

Play = Callable[..., str]


@pytest.fixture
def play(small: Course, log: Log) -> Play:
    """Live through today with these lines typed; returns what was printed."""

    def typed(*lines: str) -> str:
        adopt(small, log)
        out = io.StringIO()
        source = io.StringIO("".join(f"{line}\n" for line in lines))
        run(small, log, today(small, log), source, out)
        return out.getvalue()

    return typed


def outcomes(log: Log) -> list[tuple[str, str, int | None]]:
    found = [e for e in log.events() if e.kind == ANSWER]
    return [(e.item, e.body["verdict"], e.quality) for e in found]


def number_of(text: str, option: str) -> str:
    """The number that this option was shown with."""
    found = re.search(rf"^  (\d)\. {option}$", text, re.MULTILINE)
    assert found
    return found.group(1)


def test_the_end_of_input_ends_the_session_politely(play: Play, log: Log) -> None:
    assert play().endswith("The input ended; everything answered is kept.\n")
    assert outcomes(log) == []


def test_a_whole_day_can_be_piped(play: Play, log: Log) -> None:
    right = number_of(play("", "?", "u"), "this")
    text = play(right, "?", "sigmoid", "It is so.", "4")
    assert outcomes(log)[1:] == [
        ("pick", "right", 4),
        ("sum", "unknown", 0),
        ("gap/word", "right", 4),
        ("tell", "ungraded", None),
    ]
    assert "comes again today" in text


def test_what_is_no_answer_is_asked_again_in_one_sentence(play: Play, log: Log) -> None:
    text = play("", "7", "what", "?")
    assert text.count("type numbers from 1 to 3") == 2
    assert [item for item, _, _ in outcomes(log)] == ["pick"]


def test_a_wrong_option_earns_its_own_reason(play: Play, log: Log) -> None:
    wrong = number_of(play("", "?", "u"), "that")
    assert "That is the other one." in play(wrong)


def test_undo_hint_suspend_note_and_regrading_have_their_letters(
    play: Play, log: Log
) -> None:
    text = play("", "h", "?", "g4", "! Why that?", "u", "s", "q")
    assert "Not the second." in text
    assert "pick now has quality 4" in text
    assert "01-first.yaml:" in text
    assert "undone: answer pick" in text
    assert "pick is suspended" in text
    assert log.state("small", "pick").suspended


def test_letters_are_answers_where_words_are_typed(play: Play, log: Log) -> None:
    play("", "?", "?", "u", ":q")
    assert outcomes(log)[-1][:2] == ("gap/word", "wrong")


def test_an_empty_line_grades_nothing(play: Play, log: Log) -> None:
    play("", "", "", "?", "", "", "?", "?", "It is so.", "", ":q")
    assert outcomes(log)[-1] == ("tell", "ungraded", None)
    assert log.state("small", "tell").due is None


def test_no_boxes_no_colour_no_redraw(play: Play) -> None:
    text = play("", "?", "?", "?", "x", "3", "?", "?", "?")
    assert not re.search("[─-▟\x1b\r\b]", text)


def test_mathematics_is_read_as_a_line(play: Play) -> None:
    assert "A margin is βh." in play()
