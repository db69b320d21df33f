"""The home screen: the path, what is due, one next action, and only keys that work."""

import gc
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from drillbox import places
from drillbox.domain.event import Draft
from drillbox.domain.plan import Asking, Plan, Reading
from drillbox.domain.settings import Settings
from drillbox.errors import ContentError
from drillbox.history import due
from drillbox.history.log import Log
from drillbox.library import chosen
from drillbox.screen.app import Wish
from drillbox.screen.path import CoursePath
from drillbox.screen.standing import Standing, standing
from tests.conftest import COURSES


async def test_before_the_course_is_there_only_leaving_works(home) -> None:
    from drillbox.screen.app import DrillApp

    app = DrillApp(Wish(), lambda _: None, lambda: None)  # type: ignore[arg-type]
    app.load = lambda: None  # type: ignore[method-assign]
    async with app.run_test(size=(60, 20)) as hand:
        await hand.press("enter", "p", "e", "l", "r", "down", "m")
        assert "opening the course" in str(app.screen.query_one(".title").content)
        assert str(app.screen.query_one("Keys").content) == "q quit  f1 keys"


async def test_the_path_has_every_phase_and_drop(sit_down, dpo) -> None:
    async with sit_down(dpo, size=(120, 40)) as seat:
        for phase in dpo.head.phases:
            assert phase.title in seat.text
        for drop in dpo.drops:
            assert drop.title in seat.text
        assert "⏎ start today's session" in seat.text


async def test_the_next_action_stays_in_sight_at_the_end_of_the_path(
    sit_down, dpo
) -> None:
    async with sit_down(dpo, size=(60, 20)) as seat:
        await seat.press(*["down"] * 20)
        assert "› · 14" in "\n".join(seat.lines)
        assert "start today's session" in seat.text
        assert "Drop 14, 8 minutes, waiting: predict three pairs, run" in seat.text


async def test_a_run_is_offered_only_where_there_is_one(sit_down, small, dpo) -> None:
    async with sit_down(small) as seat:
        assert "l run" not in seat.keys and "e exercise" not in seat.keys
        await seat.press("l", "e")
        assert seat.shown == "HomeScreen"
    async with sit_down(dpo) as seat:
        assert "l run" in seat.keys
        bare = next(drop.number for drop in dpo.drops if not drop.runs)
        await seat.press(*["down"] * (bare - 1))
        assert "l run" not in seat.keys


async def test_the_exercise_key_opens_the_one_under_the_chosen_drop(
    sit_down, dpo
) -> None:
    async with sit_down(dpo) as seat:
        await seat.press(*["down"] * 3)
        assert "e exercise" not in seat.keys
        await seat.press(*["down"] * 3)
        assert "e exercise" in seat.keys
        await seat.press("e")
        assert seat.shown == "ExerciseScreen"
        assert "Exercise dpo-loss" in seat.text
        await seat.press("q")
        assert seat.shown == "HomeScreen"


async def test_of_several_exercises_of_a_drop_the_first_unsolved_opens(
    sit_down, dpo
) -> None:
    async with sit_down(dpo) as seat:
        await seat.press("down")
        screen = seat.screen
        first, second, *_ = dpo.drops[1].exercises
        assert screen.exercise() == first
        screen.show(replace(screen.standing, solved=frozenset({first})))
        assert screen.exercise() == second
        screen.show(replace(screen.standing, solved=frozenset(dpo.exercises)))
        assert screen.exercise() == first


async def test_the_exercise_that_waits_comes_before_the_one_under_the_cursor(
    sit_down, dpo
) -> None:
    async with sit_down(dpo) as seat:
        await seat.press(*["down"] * 6)
        screen = seat.screen
        now = screen.standing
        screen.show(replace(now, plan=replace(now.plan, exercise="dpo-gradient")))
        await seat.settle()
        assert screen.exercise() == "dpo-gradient"
        await seat.press("down", "up")
        assert screen.exercise() == "dpo-loss"


@pytest.mark.parametrize(
    ("plan", "today", "action"),
    [
        (Plan(5, (), sitting=True, exercise="dpo-loss"), "exercise's", "waited"),
        (Plan(5, (), exercise="dpo-loss"), "Nothing waits", "e  the exercise"),
        (Plan(5, ()), "Nothing waits", "p  practise"),
    ],
)
def test_there_is_always_one_next_action(plan, today, action, small) -> None:
    now = Standing(small, plan, (), 0, 1)
    assert today in now.today
    assert action in now.next_action


def test_a_drop_that_opens_tomorrow_is_not_marked_as_todays(small, log) -> None:
    rows = standing(small, log, Plan(5, (), drop=1)).rows
    assert [row.mark for row in rows if row.drop] == ["later"]


async def test_what_the_record_says_of_itself_is_seen_at_once(sit_down, small) -> None:
    async with sit_down(small) as seat:
        _, log = seat.app.opened()
        log.notices.append("3 entries are dated after today")
        seat.app.refresh_home()
        await seat.settle()
        assert "3 entries are dated after today" in seat.text


def row_of(seat, number: int):
    return next(row for row in seat.screen.drops if row.drop.number == number)


async def test_a_drop_is_waiting_open_or_learning_with_its_share_and_what_is_due(
    sit_down, clock, kinds
) -> None:
    async with sit_down(kinds) as seat:
        names = [row.learned.name for row in seat.screen.drops]
        assert names == ["open"] + ["waiting"] * 7
        assert any("  1  " in line and line.endswith("open") for line in seat.lines)
        _, log = seat.app.opened()
        drop = kinds.drops[0]
        log.append(Draft("read", "kinds", drop.id))
        for day in (0, 1, 6, 15):
            clock.sleep(day)
            log.append(Draft("answer", "kinds", drop.items[0].id, quality=4))
        seat.app.refresh_home()
        await seat.settle()
        learned = row_of(seat, 1).learned
        assert (learned.name, learned.mature, learned.due) == ("learning", 1, 0)
        assert f"{1 / len(drop.items):.0%} mature" in seat.text
        clock.sleep(200)
        seat.app.refresh_home()
        await seat.settle()
        assert f"{1 / len(drop.items):.0%} mature, 1 due" in seat.text
        await seat.resize(60, 30)
        assert "1 due" in seat.text


async def test_the_due_cards_of_the_drops_add_up_to_those_of_the_prompt(
    sit_down, clock, dpo
) -> None:
    async with sit_down(dpo) as seat:
        _, log = seat.app.opened()
        for item in list(dpo.items)[::7]:
            log.append(Draft("answer", dpo.id, item, quality=4))
        log.append(Draft("bring", dpo.id, body={"items": [dpo.drop(3).items[1].id]}))
        clock.sleep(1)
        seat.app.refresh_home()
        await seat.settle()
        today = log.today()
        courses, _ = due.count(places.database(), today)
        assert sum(row.learned.due for row in seat.screen.drops) == courses[dpo.id]


OTHER = """
import sys
from drillbox.cli.opening import clock
from drillbox.history.log import Log
Log.open(sys.argv[1], clock).close()
"""


async def test_the_record_of_an_open_home_is_not_closed_by_another_program(
    sit_down, small, home
) -> None:
    """SQLite's last user of a record removes its log; home must be known to use it."""
    async with sit_down(small) as seat:
        seat.app.refresh_home()
        await seat.settle()
        _, log = seat.app.opened()
        log.read(lambda db: db.execute("pragma wal_checkpoint(truncate)").fetchall())
        seat.app.refresh_home()
        await seat.settle()
        subprocess.run([sys.executable, "-c", OTHER, str(home)], check=True)
        assert (home / "history.db-wal").exists()
        log.append(Draft("answer", "small", "pick", quality=4))
    with Log.open(str(home), log.now) as again:
        assert again.notices == []
        assert again.state("small", "pick").answers == 1


async def test_the_week_ahead_stands_in_one_line(sit_down, clock, small) -> None:
    async with sit_down(small) as seat:
        assert "Ahead: nothing is due in the next seven days." in seat.text
        _, log = seat.app.opened()
        log.append(Draft("answer", "small", "pick", quality=4))
        log.append(Draft("answer", "small", "sum", quality=4))
        seat.app.refresh_home()
        await seat.settle()  # 2026-11-23 is a Monday
        assert "Ahead: Tue 2 Wed 0 Thu 0 Fri 0 Sat 0 Sun 0 Mon 0" in seat.text
        await seat.resize(40, 15)
        assert "Today, about" in seat.text
        assert "start today's session" in seat.text


async def test_the_smallest_window_has_the_week_ahead_below_the_path(
    sit_down, dpo
) -> None:
    async with sit_down(dpo, size=(40, 15)) as seat:
        assert "Ahead" not in seat.text
        for keys in (["down"] * 14, ["up", *["pagedown"] * 9]):
            await seat.press(*keys)
            assert "Ahead: nothing is due" in seat.text
            assert "start today's session" in seat.text


@pytest.mark.parametrize(
    ("causes", "said"),
    [
        (["due"], "1 review"),
        (
            ["new", "due", "again", "changed", "brought"],
            "1 new card, then 1 card once more, then 3 reviews",
        ),
        (["due", "deepening", "deepening"], "1 review, then 2 deeper cards"),
    ],
)
def test_the_plan_is_said_in_the_order_in_which_it_comes(causes, said, small) -> None:
    item = small.items["pick"]
    entries = tuple(Asking(item, cause) for cause in causes)
    now = Standing(small, Plan(5, entries, seconds=299), (), 0, 1)
    assert now.today == f"Today, about 5 min: {said}."
    drop = Reading(small.drops[0])
    now = Standing(small, Plan(5, (drop, *entries), seconds=299), (), 0, 1)
    joint = " with " if causes[0] == "new" else ", then "
    assert now.entries() == f"drop 1{joint}{said}"


async def test_another_course_is_chosen_from_the_library(
    sit_down, home, small, dpo
) -> None:
    there = home / "courses" / "small"
    shutil.copytree(COURSES / "small", there)
    async with sit_down(dpo) as seat:
        asked = []
        seat.app.open_all = lambda path: (asked.append(path), (Settings(), small))[1]
        await seat.press("c")
        assert "A small course" in seat.text and "open now" in seat.text
        assert "open this course" not in seat.keys
        await seat.press("down")
        assert "open this course" not in seat.keys  # it is open already
        await seat.press("ctrl+t", "down", "enter")
        assert asked == [str(there)] and seat.app.theme == "drillbox-light"
        assert seat.shown == "HomeScreen" and "A small course" in seat.text
        assert [row.drop.number for row in seat.screen.drops] == [1]
        await seat.press("enter")
        await seat.read()
        await seat.answer()
        assert seat.events()[0].course == "small"
        assert chosen.course() == str(there)


async def test_the_shipped_course_is_chosen_again_by_its_place(
    sit_down, home, small, dpo
) -> None:
    shutil.copytree(COURSES / "small", home / "courses" / "small")
    chosen.remember(str(home / "courses" / "small"))
    async with sit_down(small) as seat:
        asked = []
        seat.app.open_all = lambda path: (asked.append(path), (Settings(), dpo))[1]
        await seat.press("c", "1", "enter")
        assert asked == [places.shipped_course()]
        assert dpo.head.title in seat.text
    assert chosen.course() is None


async def test_a_course_that_cannot_be_opened_leaves_the_one_that_is(
    sit_down, home, dpo
) -> None:
    shutil.copytree(COURSES / "small", home / "courses" / "small")
    broken = home / "courses" / "torn"
    broken.mkdir()
    (broken / "course.yaml").write_text("id: torn\n", encoding="utf-8")

    def fail(path: str | None) -> Any:
        raise ContentError("the course cannot be used: 1 problem")

    async with sit_down(dpo) as seat:
        seat.app.open_all = fail
        await seat.press("c", "3")
        assert "cannot be opened:" in seat.text
        assert "open this course" not in seat.keys
        await seat.press("2", "enter")
        assert seat.shown == "HomeScreen" and dpo.head.title in seat.text
        said = [one.message for one in seat.app._notifications]
        assert said == ["the course cannot be used: 1 problem."]
        assert seat.keys.startswith("⏎ start")
    assert chosen.course() is None


async def test_a_choice_that_cannot_be_kept_is_said(sit_down, home, small, dpo) -> None:
    shutil.copytree(COURSES / "small", home / "courses" / "small")
    (home / "course").mkdir()
    async with sit_down(dpo) as seat:
        seat.app.open_all = lambda path: (Settings(), small)
        await seat.press("c", "2", "enter")
        (said,) = (one.message for one in seat.app._notifications)
        assert said.startswith("Not kept for the next time: ")
        assert "A small course" in seat.text


async def test_without_another_course_there_is_no_library(sit_down, dpo) -> None:
    async with sit_down(dpo) as seat:
        assert "c courses" not in seat.keys
        await seat.press("c")
        assert seat.shown == "HomeScreen"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 15)])
async def test_the_cursor_is_in_sight_in_every_window(sit_down, dpo, size) -> None:
    async with sit_down(dpo) as seat:
        await seat.press(*["down"] * 20)
        await seat.resize(*size)
        assert any(line.startswith("› · 14") for line in seat.lines)


async def test_practice_moves_no_schedule(sit_down, small) -> None:
    async with sit_down(small) as seat:
        await seat.press("p")
        await seat.answer()
        assert "practice, nothing moves" in seat.text
        assert seat.events()[0].practice


async def test_any_drop_can_be_read_from_the_path(sit_down, small) -> None:
    async with sit_down(small) as seat:
        await seat.press("r")
        assert "A margin is βh." in seat.text
        await seat.press("q")
        assert seat.shown == "HomeScreen"
        assert seat.events("read") == []


async def test_more_cards_are_on_offer_when_the_plan_is_done(sit_down, small) -> None:
    async with sit_down(small) as seat:
        plan = seat.screen.standing.plan
        done = replace(plan, entries=(), spare=plan.entries)
        seat.app.plan_today = lambda: done
        seat.app.refresh_home()
        await seat.settle()
        assert seat.keys.startswith("m more cards")
        assert "m  more cards" in "\n".join(seat.lines)
        await seat.press("enter")
        assert seat.shown == "HomeScreen"
        await seat.press("m")
        assert seat.shown == "ReadScreen"


async def test_the_theme_is_the_settings_and_ctrl_t_changes_it(sit_down, small) -> None:
    async with sit_down(small, theme="light") as seat:
        assert seat.app.theme == "drillbox-light"
        await seat.press("ctrl+t")
        assert seat.app.theme == "drillbox-dark"


async def test_a_click_on_a_drop_puts_the_cursor_there(sit_down, dpo) -> None:
    async with sit_down(dpo) as seat:
        path = seat.screen.query_one(CoursePath)
        await seat.hand.click(path, offset=(10, path.region_of(2).y))
        await seat.settle()
        assert seat.screen.cursor == 2
        assert any(line.startswith("› ·  3") for line in seat.lines)


@pytest.mark.parametrize(("height", "shown"), [(24, False), (50, True)])
async def test_what_a_phase_leads_to_is_said_where_there_is_room(
    sit_down, dpo, height, shown
) -> None:
    async with sit_down(dpo, size=(80, height)) as seat:
        outcome = dpo.head.phases[0].outcome
        assert (outcome in seat.text) is shown
        assert dpo.head.phases[0].title in seat.text


async def test_the_last_thing_of_today_is_taken_back_on_the_path(
    sit_down, scenes
) -> None:
    async with sit_down(scenes) as seat:
        assert "u undo" not in seat.keys
        await seat.press("enter")
        await seat.read()
        await seat.press("q")
        assert "u undo" in seat.keys and "learning" not in seat.text
        await seat.press("u")
        assert "undone: the reading of “The loss is a log-sigmoid" in seat.text
        assert "u undo" not in seat.keys
        assert "0% mature" not in seat.text


async def test_garbage_is_collected_once_the_first_paint_is_over(
    sit_down, small
) -> None:
    gc.disable()
    try:
        async with sit_down(small):
            assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
