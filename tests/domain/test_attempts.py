"""What counts as an attempt at an exercise, and the quality that a pass earns."""

from dataclasses import replace
from typing import Any

import pytest

from drillbox.domain.attempts import About, Standing, no_check, quality, standing
from drillbox.domain.event import ATTEMPT, RESET, UNDO, Event

STARTER = "def f(x):\n    raise NotImplementedError\n"
SOURCE = "def f(x):\n    return x\n"
ABOUT = About("dpo", "dpo-loss", "0123456789abcdef", STARTER)


def event(number: int, kind: str = ATTEMPT, **fields: Any) -> Event:
    known: dict[str, Any] = {"course": "dpo", "item": "dpo-loss"}
    ident = f"{number:032x}"
    return Event(ident, "d" * 32, number, number, 60, 1, kind, **{**known, **fields})


def after(*whats: str) -> Standing:
    """The standing after these attempts."""
    events = [event(k, body={"what": what}) for k, what in enumerate(whats)]
    return standing(events, "dpo", "dpo-loss")


@pytest.mark.parametrize(
    ("tries", "earned"),
    [
        ([], 5),
        (["check"], 4),
        (["check", "check"], 4),
        (["check", "check", "check"], 3),
        (["hint"], 3),
        (["check", "hint"], 3),
    ],
)
def test_a_pass_earns_this_quality(tries: list[str], earned: int) -> None:
    assert quality(tries) == earned
    draft = ABOUT.checked(SOURCE, True, Standing(tuple(tries)), {})
    assert draft is not None
    assert (draft.body["what"], draft.quality) == ("pass", earned)


def test_a_failed_check_is_no_review_and_giving_up_is_a_zero() -> None:
    draft = ABOUT.checked(SOURCE, False, Standing(), {"duration_ms": 70})
    assert draft is not None and draft.quality is None
    assert draft.body["what"] == "check" and draft.body["duration_ms"] == 70
    assert ABOUT.gave_up().quality == 0 and ABOUT.hint(1).quality is None


@pytest.mark.parametrize(
    "source",
    [STARTER, STARTER.rstrip() + "   \n\n", "def f(:\n", "x = 1\x00", "(" * 5000],
)
def test_the_starter_and_what_does_not_parse_are_no_checks(source: str) -> None:
    assert no_check(source, STARTER, Standing())
    assert ABOUT.checked(source, False, Standing(), {}) is None


def test_the_same_as_the_last_check_is_no_check_whatever_came_of_it() -> None:
    for passed in (True, False):
        draft = ABOUT.checked(SOURCE, passed, Standing(), {})
        assert draft is not None
        now = standing([event(1, body=draft.body)], "dpo", "dpo-loss")
        assert ABOUT.checked(SOURCE + "\n", passed, now, {}) is None
        assert ABOUT.checked(SOURCE + "y = 1\n", passed, now, {}) is not None


@pytest.mark.parametrize(
    ("whats", "status", "tries"),
    [
        ([], "new", ()),
        (["check", "hint"], "open", ("check", "hint")),
        (["check", "pass"], "passed", ()),
        (["hint", "give-up"], "gave up", ()),
        (["pass", "check"], "open", ("check",)),
    ],
)
def test_a_pass_or_giving_up_ends_the_tries(
    whats: list[str], status: str, tries: tuple[str, ...]
) -> None:
    now = after(*whats)
    assert (now.status, now.tries) == (status, tries)


def test_undone_attempts_other_exercises_and_what_a_reset_took_do_not_count() -> None:
    hint = event(1, body={"what": "hint"})
    undo = event(2, UNDO, item="", target=hint.id)
    other = event(3, item="three-pairs", body={"what": "hint"})
    elsewhere = event(4, course="ppo", body={"what": "hint"})
    assert standing([hint, undo, other, elsewhere], "dpo", "dpo-loss").status == "new"
    reset = event(5, RESET, item="")
    assert standing([hint, reset], "dpo", "dpo-loss") == Standing()
    taken_back = event(6, UNDO, item="", target=reset.id)
    assert standing([hint, reset, taken_back], "dpo", "dpo-loss").hints == 1


def test_an_exercise_that_came_back_begins_anew() -> None:
    """Days 1 to 3: passed, then played with; it came back on day 7."""
    done = ABOUT.checked(SOURCE, True, Standing(), {})
    assert done is not None
    events = [event(1, body=done.body), event(2, body={"what": "check"})]
    assert standing(events, "dpo", "dpo-loss").status == "open"
    now = standing(events, "dpo", "dpo-loss", since=7)
    assert (now.status, now.tries) == ("passed", ())
    assert no_check(SOURCE, STARTER, now) == ""
    assert "earlier day" in no_check(SOURCE, STARTER, now, old=True)
    again = replace(event(3, body={"what": "hint"}), day=7)
    assert standing([*events, again], "dpo", "dpo-loss", since=7).hints == 1
