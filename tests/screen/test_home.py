"""The home screen: the path, what is due, one next action, and only keys that work."""

from dataclasses import replace

import pytest

from drillbox.domain.plan import Plan
from drillbox.screen.app import Wish
from drillbox.screen.standing import Standing, standing


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
        assert "Drop 14, 8 minutes: predict three pairs, run, compare" in seat.text


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
        row = seat.screen.drops[2]
        await seat.hand.click(row)
        await seat.settle()
        assert seat.screen.cursor == 2


@pytest.mark.parametrize(("height", "shown"), [(24, False), (50, True)])
async def test_what_a_phase_leads_to_is_said_where_there_is_room(
    sit_down, dpo, height, shown
) -> None:
    async with sit_down(dpo, size=(80, height)) as seat:
        outcome = dpo.head.phases[0].outcome
        assert (outcome in seat.text) is shown
        assert dpo.head.phases[0].title in seat.text
