"""The session over lines of text, as a pipe or a screen reader has it."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from drillbox.domain.course import Course
from drillbox.domain.event import ANSWER, Draft
from drillbox.history.log import Log
from drillbox.plain import run, say
from drillbox.session import adopt, practice, today

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
    text = play("", "h", "?", ":g4", "! Why that?", "u", "u", "s", "q")
    assert "Not the second." in text
    assert "“Which one?” now has quality 4" in text
    assert "01-first.yaml:" in text
    assert "undone: the note on “What is 3 + 2?”" in text
    assert "undone: the answer to “Which one?”" in text
    assert "“Which one?” is suspended" in text
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


def test_a_note_or_a_grade_does_not_repeat_the_question(play: Play) -> None:
    text = play("", "?", "g4", "!", "Why?", "99x", "?")
    assert text.count("What is ") == 1
    assert "“Which one?” now has quality 4" in text and "noted on" in text


def test_the_verdict_names_a_command_that_holds_before_every_kind(
    play: Play, log: Log
) -> None:
    text = play("", "?", "?", ":g3", ":q")
    assert "To change it: :g0 to :g5." in text
    assert log.state("small", "sum").sm2.ef == 236


def test_a_colon_before_an_unknown_letter_is_no_answer(play: Play, log: Log) -> None:
    text = play("", "?", "?", ":x", ":g9", ":quit", ":q")
    assert text.count("is no command here") == 3
    assert [item for item, _, _ in outcomes(log)] == ["pick", "sum"]


def test_the_last_answer_can_be_changed_or_undone_at_the_end(
    play: Play, log: Log
) -> None:
    text = play("", ":s", ":s", ":s", "It is so.", "4", "g5")
    assert "“Tell it.” now has quality 5" in text
    assert log.state("small", "tell").sm2.ef == 260
    assert text.endswith("The input ended; everything answered is kept.\n")


def test_enter_at_the_end_says_good_bye(play: Play) -> None:
    assert play("", ":s", ":s", ":s", "It is so.", "4", "").endswith("> Bye.\n")


def test_a_card_forgotten_eight_times_waits_for_what_to_do(
    play: Play, log: Log, clock: Any
) -> None:
    play("", "q")
    for quality in (4, *[1] * 7):
        log.append(Draft(ANSWER, "small", "pick", quality=quality))
        clock.sleep(1)
    assert log.state("small", "pick").lapses == 7
    for name in ("sum", "gap/word"):
        log.append(Draft(ANSWER, "small", name, quality=4))
    text = play("?", "r", "s", ":q")
    assert "Forgotten again and again" in text
    assert "A margin is" in text and "“Which one?” is suspended" in text
    assert log.state("small", "pick").suspended
    assert not log.state("small", "sum").suspended


class Times:
    """A stopwatch that goes on by so many seconds whenever it is looked at."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def lived(small: Course, log: Log, step: float, *lines: str) -> str:
    adopt(small, log)
    out = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    run(small, log, today(small, log), source, out, Times(step))
    return out.getvalue()


def test_the_minutes_are_counted_and_the_session_ends_at_its_time(
    small: Course, log: Log
) -> None:
    text = lived(small, log, 150.0, "", "?", "?", "", "")
    assert "Done: 2 answers, 0 right, in 8 minutes." in text
    assert "2 cards wait for another day; that is fine." in text
    assert "m for 4 more" in text
    kept = [e.body["duration_ms"] for e in log.events() if e.kind == ANSWER]
    assert kept == [150_000, 150_000]


def test_a_slow_answer_in_plain_mode_is_as_good_as_a_fast_one(
    small: Course, log: Log
) -> None:
    for _ in range(3):
        body = {"kind": "choice", "verdict": "right", "duration_ms": 5000}
        log.append(Draft(ANSWER, "small", "other", quality=4, body=body))
    right = number_of(lived(small, log, 1.0, "", "?", "u"), "this")
    lived(small, log, 60.0, right)
    assert outcomes(log)[-1] == ("pick", "right", 4)


def test_what_comes_faster_than_a_person_is_no_measure_of_one(
    small: Course, log: Log
) -> None:
    lived(small, log, 0.001, "", "?", "?")
    kept = [e.body["duration_ms"] for e in log.events() if e.kind == ANSWER]
    assert kept == [None, None]


def test_practice_says_that_it_is_practice(small: Course, log: Log) -> None:
    adopt(small, log)
    out = io.StringIO()
    run(small, log, practice(small, 1), io.StringIO(""), out)
    assert out.getvalue().startswith("Practice: 4 cards; no schedule moves.\n")


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("**The bill.** It is $2^n$.", "The bill. It is 2ⁿ."),
        ("`a**2` and **b**", "`a**2` and b"),
        (
            "Line 2:\n\n```python\nx = a**b**c\n```\nSo.",
            "Line 2:\n\n  x = a**b**c\n\nSo.",
        ),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
    ],
)
def test_marks_of_emphasis_and_fences_are_not_read_out(
    markdown: str, lines: str
) -> None:
    assert say.text(markdown) == lines


def test_a_third_card_asks_how_sure_in_a_line_of_its_own(
    play: Play, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    right = number_of(play("", "q"), "this")
    text = play("", right, "sure", "40", "80%", "q")
    assert "How sure are you, from 50 (a guess) to 100 percent?" in text
    assert text.count("how sure you are is a number from 50 to 100") == 2
    (event,) = [e for e in log.events() if e.kind == ANSWER]
    assert event.body["answer"]["confidence"] == 0.8


def test_what_is_no_answer_is_refused_before_it_is_asked_how_sure(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    text = play("", ":s", "4x", "4", ":q")
    asked = "How sure are you"
    assert "write 4 alone" in text and text.count(asked) == 1
    assert text.index("write 4 alone") < text.index(asked)


def test_bars_are_counted_and_lines_are_drawn_in_ascii() -> None:
    drawn = "```\nPPO ████ 4\nDPO █ 1\nDPO ████████  █\n ┌──┐│\n```"
    told = ["PPO 4 blocks 4", "DPO 1 block 1", "DPO 8 blocks  1 block", " +--+|"]
    assert say.text(drawn).splitlines() == [f"  {line}" for line in told]


def test_statistics_can_be_heard_wherever_commands_are(play: Play) -> None:
    text = play("t", "", "?", ":q")
    assert "No streak now" in text and "What comes:" in text
    assert text.index("What comes:") < text.index(". choice")


def test_the_end_offers_nothing_that_is_not_there(play: Play) -> None:
    text = play("", ":s", ":s", ":s", "It is so.", "4", "e", "l", "")
    assert text.count("is no command here.\nt statistics") == 2
    assert "t statistics" in text and "the run" not in text
