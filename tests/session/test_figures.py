"""Statistics in words, and in pictures where there is room."""

from datetime import date

import pytest

from drillbox.domain.confidence import calibration, three_way
from drillbox.domain.course import Course
from drillbox.domain.event import Draft
from drillbox.domain.statistics import Day, Hard, Share, Statistics
from drillbox.history.log import Log
from drillbox.session import adopt, figures
from drillbox.session.statistics import statistics
from tests.conftest import Clock

TODAY = date(2026, 11, 23).toordinal()  # a Monday
NOTHING = Statistics(TODAY)


def text(found: Statistics, course: Course, columns: int | None = None) -> str:
    told = figures.sections(course, found, {}, columns)
    return "\n".join("\n".join(section.lines) for section in told)


def test_every_empty_state_says_what_to_do(small: Course) -> None:
    told = text(NOTHING, small, 80)
    for part in (
        "No answer yet: ",
        "first session",
        "read a drop",
        "the day after",
        "five minutes",
    ):
        assert part in told
    assert "shown after 60 more" in told
    assert text(NOTHING, small).startswith("No answer yet: the first session")
    assert "one answer today begins one" in figures.row_of(0)
    assert figures.row_of(1) == "1 day in a row."


@pytest.mark.parametrize("columns", [35, 55, 75, 120])
def test_no_line_of_the_year_is_wider_than_the_screen(columns: int) -> None:
    days = {TODAY - back: Day(back % 13, 60.0) for back in range(400)}
    lines = list(figures.year(Statistics(TODAY, days=days), columns))
    assert len(lines) == 9  # months, seven days, what the characters mean
    weeks = min(53, columns - 4)
    assert {len(line) for line in lines[2:8]} == {4 + weeks - 1}  # of this week: Monday
    assert len(lines[1]) == 4 + weeks
    assert max(len(line) for line in lines[:8]) <= columns


def test_levels_differ_by_character_and_are_explained() -> None:
    days = {TODAY - 7 + k: Day(n) for k, n in enumerate((0, 1, 5, 9, 0, 0, 0))}
    lines = list(figures.year(Statistics(TODAY, days=days), 6))
    assert [line[4:] for line in lines[1:8]] == ["··", "░", "▒", "█", "·", "·", "·"]
    assert lines[8] == "· none  ░ 1–3  ▒ 4–6  █ 7–9 answers a day"
    assert figures.legend(1) == "· none  █ 1 answers a day"


def test_without_a_drawing_the_year_is_told_by_month(small: Course) -> None:
    days = {TODAY - 400: Day(9), TODAY - 30: Day(1), TODAY - 1: Day(4), TODAY: Day(3)}
    assert list(figures.months_of(Statistics(TODAY, days=days))) == [
        "Oct 2026: 1 answer on 1 day.",
        "Nov 2026: 7 answers on 2 days.",
    ]


def test_months_stand_over_the_week_of_their_first_day() -> None:
    line = figures.months(TODAY, 9)  # from 2026-09-28
    assert line.index("Oct") == 0 and line.index("Nov") == 4


def test_a_share_stands_with_its_counts_and_its_interval() -> None:
    found = Statistics(TODAY, drops={3: Share(8, 10)})
    assert list(figures.kept(found)) == ["drop  3    8 of  10 right,  80% (49% to 94%)"]
    assert next(figures.kept(found, bars=True)).endswith("  ·······─────●───")
    both = Statistics(TODAY, drops={3: Share(8, 10), 14: Share(11, 11)})
    one, other = figures.kept(both, bars=True)
    assert len(one) == len(other), "the lines stand below each other"


def test_what_comes_is_counted_by_week_month_and_day() -> None:
    ahead = tuple((TODAY + 1 + k, k % 3) for k in range(30))
    first, *rest = figures.ahead(Statistics(TODAY, due=4, ahead=ahead))
    assert first == "4 due now, 6 more in the next 7 days, 30 in the next 30."
    assert rest[:3] == ["Tue 24 Nov  0", "Wed 25 Nov  1", "Thu 26 Nov  2"]
    assert len(rest) == 7
    drawn = list(figures.ahead(Statistics(TODAY, due=4, ahead=ahead), bars=True))
    assert drawn[1:4] == [
        "Tue 24 Nov  0",
        "Wed 25 Nov  ████████ 1",
        "Thu 26 Nov  ████████████████ 2",
    ]


def test_time_is_told_by_day_and_by_month() -> None:
    days = {
        TODAY - 1: Day(12, 300.0),
        TODAY - 20: Day(2, 60.0),
        TODAY - 40: Day(9, 9.0),
    }
    first, *rest = figures.time(Statistics(TODAY, days=days))
    assert first == "6 minutes in the last 30 days, on 2 days: 3.0 minutes on each."
    assert rest[-2:] == ["Sun 22 Nov  5.0 min, 12 answers", "Mon 23 Nov  none"]


def test_confidence_is_shown_from_sixty_answers_on() -> None:
    few = calibration([(0.9, True)] * 30)
    assert "shown after 30 more" in next(iter(figures.sure(few, None)))
    pairs = [(0.9, True)] * 45 + [(0.5, False)] * 9
    runs = three_way([(0.8, True)] * 6)
    lines = list(figures.sure(calibration(pairs), runs))
    assert lines[0].startswith("Runs: 6 directions")
    assert lines[1].startswith("Cards: 54 answers, Brier score 0.050")
    assert lines[2:] == [
        "a guess      said 50%, right 0% of 9",
        "sure         said 90%, right 100% of 45",
    ]


def test_a_hard_card_is_called_by_its_first_words(small: Course) -> None:
    found = Statistics(
        TODAY, hardest=(Hard("pick", 1, 3, 170), Hard("gone", 2, 1, 236))
    )
    first, second = figures.hardest(small, found, {})
    assert first.startswith("drop  1  forgotten 3 times, easiness 1.70: “")
    assert second == "drop  2  forgotten 1 time, easiness 2.36: gone"


def test_the_statistics_of_a_course_are_its_own_and_the_days_are_of_all(
    small: Course, log: Log, clock: Clock
) -> None:
    adopt(small, log)
    log.append(Draft("answer", "small", "pick", quality=4, body={"duration_ms": 6000}))
    log.append(Draft("answer", "other", "x", quality=4, body={"duration_ms": 3000}))
    clock.sleep(1)
    log.append(Draft("answer", "small", "pick", quality=1))
    log.append(Draft("answer", "other", "x", quality=4))
    found = statistics(small, log)
    assert found.drops == {1: Share(0, 1)}
    assert found.hardest == (Hard("pick", 1, 1, 196),)
    assert found.days == {TODAY: Day(2, 9.0), TODAY + 1: Day(2, 0.0)}
    assert (found.streak, found.due, len(found.ahead)) == (2, 0, 30)
    assert found.ahead[0] == (TODAY + 2, 1)
