"""Working at an exercise: rounds, what is recorded, and the cards that are brought."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drillbox.domain.course import Course
from drillbox.domain.event import Draft
from drillbox.domain.plan import Asking
from drillbox.grader.exercise import Exercise, find
from drillbox.grader.report import Case, Diagnosis, Report
from drillbox.history.log import Log
from drillbox.session import adopt, today
from drillbox.session.exercise import Checked, Work, cards_on, unsolved

CODE = "def dpo_loss(a, b, c, d, beta):\n    return {n}\n"
MEANT = Diagnosis("sign-flipped", "the sign.", ("margin-of-a-pair", "gap-words"))


def report(passed: bool, diagnosis: Diagnosis | None = None) -> Report:
    """What a grading found."""
    case = Case("1 pair", passed, "" if passed else "loss: 1, expected 2")
    return Report("dpo-loss", "", passed, "cpu", None, 0.1, (case,), diagnosis)


@pytest.fixture
def exercise() -> Exercise:
    return find("dpo-loss")


@pytest.fixture
def work(dpo: Course, log: Log, exercise: Exercise) -> Callable[[], Work]:
    """Sits down at dpo-loss, as after another start of the program."""
    adopt(dpo, log)
    return lambda: Work(dpo, log, exercise)


def check(
    at: Work, n: int, passed: bool, diagnosis: Diagnosis | None = None
) -> Checked:
    """Write the file, today by the log's clock, and check it."""
    path, _ = at.open_file()
    Path(path).write_text(CODE.format(n=n))
    date(at, path)
    return at.checked(path, CODE.format(n=n), report(passed, diagnosis))


def date(at: Work, path: str) -> None:
    """Let the file be written at the time of the log's clock, not of this machine's."""
    clock: Any = at.log._clock
    os.utime(path, (clock.now / 1000, clock.now / 1000))


def attempts(log: Log) -> list[tuple[str, int | None]]:
    tried = [event for event in log.events() if event.kind == "attempt"]
    return [(event.body["what"], event.quality) for event in tried]


@pytest.mark.parametrize(
    ("before", "quality", "days"),
    [
        ("", 5, 1),
        ("c", 4, 1),
        ("ccc", 3, 1),
        ("h", 3, 1),
    ],
)
def test_a_pass_has_its_quality_and_comes_back(
    work: Callable[[], Work], log: Log, before: str, quality: int, days: int
) -> None:
    at = work()
    for n, what in enumerate(before):
        if what == "h":
            at.hint(1)
        else:
            assert check(at, n, False).recorded
    done = check(at, 9, True)
    assert done.recorded and done.recorded.event.quality == quality
    assert at.earned(done.recorded).endswith("back tomorrow, on 2026-11-24")
    assert at.free and at.came_back is None
    assert work().standing == at.standing


def test_giving_up_is_a_zero_and_comes_back_tomorrow(
    work: Callable[[], Work], log: Log
) -> None:
    at = work()
    assert at.earned(at.give_up()) == "quality 0, blank; back tomorrow, on 2026-11-24"
    assert attempts(log) == [("give-up", 0)]


def test_what_is_no_check_says_why(work: Callable[[], Work], log: Log) -> None:
    at = work()
    starter = at.exercise.starter
    path, _ = at.open_file()
    assert at.checked(path, starter, report(False)).why_not == "the file is the starter"
    assert at.checked(path, "def f(:", report(False)).why_not == "it does not parse"
    assert check(at, 1, True).why_not == ""
    assert check(at, 1, True).why_not == "the same as at the last check"
    assert attempts(log) == [("pass", 5)]


def test_a_due_exercise_opens_blank_once_and_the_old_file_stays(
    work: Callable[[], Work], log: Log, clock: Any
) -> None:
    at = work()
    check(at, 1, True)
    path = Path(at.open_file()[0])
    assert path.read_text() == CODE.format(n=1)
    clock.sleep(1)
    at = work()
    name, aside = at.open_file()
    assert aside is not None and Path(aside).read_text() == CODE.format(n=1)
    assert Path(name).read_text() == at.exercise.starter
    date(at, name)
    Path(name).write_text("half done")
    date(at, name)
    assert work().open_file() == (name, None)
    assert Path(name).read_text() == "half done"


def test_who_writes_the_same_again_has_solved_it_again(
    work: Callable[[], Work], log: Log, clock: Any
) -> None:
    check(work(), 1, True)
    clock.sleep(1)
    done = check(work(), 1, True)
    assert done.recorded and done.recorded.role == "review"
    assert log.state("dpo", "dpo-loss").sm2.interval == 6
    assert attempts(log) == [("pass", 5), ("pass", 5)]


def test_the_old_file_itself_is_no_check_of_the_new_round(
    work: Callable[[], Work], log: Log, clock: Any
) -> None:
    at = work()
    check(at, 1, True)
    path = at.open_file()[0]
    check(at, 2, False)  # played with after the pass
    clock.sleep(1)
    at = work()
    assert at.standing.tries == ()
    for n in (1, 2):
        old = at.checked(path, CODE.format(n=n), report(True))
        assert old.recorded is None and "earlier day" in old.why_not


# -- cards that a failed check brings


@pytest.fixture
def treated(dpo: Course) -> Diagnosis:
    """A diagnosis with the cards of a misconception: of drops 3 to 8."""
    return Diagnosis("sign-flipped", "the sign.", cards_on(dpo, "sign-flipped"))


def read(dpo: Course, log: Log, *numbers: int) -> None:
    for number in numbers:
        log.append(Draft("read", "dpo", dpo.drop(number).id))


def brings(log: Log) -> list[Any]:
    return [event.body for event in log.events() if event.kind == "bring"]


def test_a_failed_check_brings_the_cards_of_drops_that_were_read(
    work: Callable[[], Work], dpo: Course, log: Log, clock: Any, treated: Diagnosis
) -> None:
    numbers = sorted({dpo.items[name].drop for name in treated.cards})
    read(dpo, log, *range(1, numbers[-1]))
    open_ones = [n for n in treated.cards if dpo.items[n].drop < numbers[-1]]
    assert 0 < len(open_ones) < len(treated.cards)
    done = check(work(), 1, False, treated)
    (body,) = brings(log)
    assert body["cause"] == "sign-flipped"
    assert sorted(body["items"]) == sorted(open_ones)
    count = len(open_ones)
    assert done.said[0].startswith(f"{count} card") and "today." in done.said[0]
    assert f"(drop {numbers[-1]})" in done.said[1]
    assert not any(name in " ".join(done.said) for name in treated.cards)
    for name in open_ones:
        assert log.state("dpo", name).brought == log.today()
    clock.sleep(1)
    plan = today(dpo, log)
    causes = {e.cause for e in (*plan.entries, *plan.spare) if isinstance(e, Asking)}
    assert "brought" not in causes


def test_a_brought_card_stands_in_the_plan_once(
    work: Callable[[], Work], dpo: Course, log: Log, treated: Diagnosis
) -> None:
    read(dpo, log, *range(1, 15))
    check(work(), 1, False, treated)
    plan = today(dpo, log, minutes=200)
    asked = [e.item.id for e in (*plan.entries, *plan.spare) if isinstance(e, Asking)]
    assert set(treated.cards) <= set(asked)
    assert len(asked) == len(set(asked))


def test_cards_are_brought_once_a_day_and_only_by_a_check_that_counts(
    work: Callable[[], Work], dpo: Course, log: Log, treated: Diagnosis
) -> None:
    read(dpo, log, *range(1, 15))
    at = work()
    path, _ = at.open_file()
    at.checked(path, at.exercise.starter, report(False, treated))
    assert brings(log) == []
    first = check(at, 1, False, treated)
    second = check(at, 2, False, treated)
    assert first.said == second.said and len(brings(log)) == 1
    assert check(at, 2, False, treated).said == first.said
    assert check(at, 3, True).said == ()


def test_a_card_answered_today_or_suspended_is_not_brought(
    work: Callable[[], Work], dpo: Course, log: Log, treated: Diagnosis
) -> None:
    read(dpo, log, *range(1, 15))
    first, second, *rest = treated.cards
    log.append(Draft("answer", "dpo", first, quality=4, body={"verdict": "right"}))
    log.append(Draft("suspend", "dpo", second))
    check(work(), 1, False, treated)
    assert sorted(i for body in brings(log) for i in body["items"]) == sorted(rest)


# -- the next exercise


def test_next_is_the_next_of_the_path_that_was_read_and_waits(
    work: Callable[[], Work], dpo: Course, log: Log
) -> None:
    assert work().next() is None
    number = next(d.number for d in dpo.drops if "dpo-loss" in d.exercises)
    read(dpo, log, *range(1, number + 2))
    waiting = [name for d in dpo.drops[: number + 1] for name in d.exercises]
    here = waiting.index("dpo-loss")
    for name in (*waiting[here + 1 :], *waiting[:here]):
        assert work().next() == name
        done = Draft("attempt", "dpo", name, quality=5, body={"what": "pass"})
        log.append(done)
    assert work().next() is None


def test_the_first_of_a_drop_that_waits_is_the_one_to_try(
    work: Callable[[], Work], dpo: Course, log: Log
) -> None:
    drop = next(one for one in dpo.drops if "dpo-loss" in one.exercises)
    assert unsolved(drop, dpo, log) == "dpo-loss"
    check(work(), 1, passed=True)
    assert unsolved(drop, dpo, log) == drop.exercises[1]
