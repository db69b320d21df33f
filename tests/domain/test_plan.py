"""The plan of a day: what fits, in what order, and what waits without guilt."""

from dataclasses import replace

import pytest

from drillbox.domain.backlog import LATE_DAYS
from drillbox.domain.card import ChoiceCard, ClozeCard, Option
from drillbox.domain.course import Course, CourseFile, Drop, Item, Phase, items_of
from drillbox.domain.plan import (
    BACKLOG_DAYS,
    NEW_TIMES,
    SEEN_TIMES,
    Asking,
    Plan,
    Progress,
    Reading,
    make,
    practice,
)
from drillbox.domain.schedule import ItemState
from drillbox.domain.sm2 import State

TODAY = 700_000
MINUTE = 60.0


def choice(name: str, group: str | None = None) -> ChoiceCard:
    options = (Option(text="a", right=True), Option(text="b", why="no"))
    return ChoiceCard(
        id=name, kind="choice", prompt="?", explain="!", options=options, group=group
    )


def drop(number: int, cards: int = 5, words: int = 200) -> Drop:
    items = [
        item
        for k in range(cards)
        for item in items_of(choice(f"d{number}-c{k}"), number, k < 3, "f", 1)
    ]
    name, text = f"drop-{number}", " ".join(["word"] * words)
    exercises = (f"ex-{number}",)
    return Drop(name, number, 1, 7, "t", "d", text, exercises, (), tuple(items))


def course(*drops: Drop) -> Course:
    phases = (Phase(title="p", outcome="o"),)
    head = CourseFile(
        id="c",
        title="t",
        goal="g",
        level="l",
        category="k",
        days=2,
        minutes=(5, 8),
        phases=phases,
    )
    return Course(head, drops)


def progress(
    states: dict[str, ItemState] | None = None,
    read: dict[str, int] | None = None,
    seconds: float = 30.0,
    fingerprints: dict[str, str] | None = None,
) -> Progress:
    return Progress(states or {}, read or {}, fingerprints or {}, lambda item: seconds)


def learned(due: int, quality: int = 4, **more: object) -> ItemState:
    state = ItemState(
        sm2=State(250, 1, 1),
        due=due,
        last_review=TODAY - 1,
        last_quality=quality,
        answers=1,
        reviews=1,
        last_answer=TODAY - 1,
        last_answer_quality=quality,
    )
    return replace(state, **more)  # type: ignore[arg-type]


def names(plan: Plan) -> list[str]:
    return [e.drop.id if isinstance(e, Reading) else e.item.id for e in plan.entries]


def through(*drops: Drop, due: int = TODAY + 9) -> tuple[dict[str, ItemState], dict]:
    """The path is through: all is read and answered, nothing due before `due`."""
    states = {item.id: learned(due) for d in drops for item in d.items}
    passed = {name: learned(TODAY + 50) for d in drops for name in d.exercises}
    return states | passed, {d.id: TODAY - 5 for d in drops}


def test_the_first_day_is_the_first_drop_and_its_three_core_cards() -> None:
    plan = make(course(drop(1, cards=3), drop(2)), progress(), TODAY)
    assert names(plan) == ["drop-1", "d1-c0", "d1-c1", "d1-c2"]
    assert (plan.minutes, plan.drop) == (7, 1)
    assert plan.seconds == pytest.approx(60 + 3 * 30 * NEW_TIMES)


def test_minutes_left_over_go_to_deepening_cards_of_drops_that_are_open() -> None:
    plan = make(course(drop(1), drop(2)), progress(), TODAY)
    assert names(plan)[4:] == ["d1-c3", "d1-c4"]


@pytest.mark.parametrize(
    ("read_on", "answered", "opens"),
    [
        (TODAY - 1, 3, True),
        (TODAY, 3, False),  # read today: the next opens tomorrow
        (TODAY - 1, 2, False),  # a core card is not answered yet
    ],
)
def test_a_drop_opens_the_day_after_the_one_before_was_read_and_answered(
    read_on: int, answered: int, opens: bool
) -> None:
    states = {f"d1-c{k}": learned(TODAY + 5) for k in range(answered)}
    path = course(drop(1, cards=3), drop(2, cards=3))
    plan = make(path, progress(states, {"drop-1": read_on}), TODAY)
    assert ("drop-2" in names(plan)) is opens


def test_everything_opens_with_all() -> None:
    path = course(drop(1, cards=3), drop(2, cards=3))
    plan = make(path, progress(), TODAY, minutes=60, everything=True)
    assert {"drop-1", "drop-2"} <= set(names(plan))


def test_lapses_come_before_the_most_overdue() -> None:
    one = drop(1)
    states, read = through(one)
    states["d1-c0"] = learned(TODAY - LATE_DAYS + 1)
    states["d1-c1"] = learned(TODAY, quality=1)
    states["d1-c2"] = learned(TODAY - 2)
    states["d1-c3"] = learned(TODAY, quality=0)
    plan = make(course(one), progress(states, read), TODAY)
    assert names(plan) == ["d1-c1", "d1-c3", "d1-c0", "d1-c2"]
    assert (plan.minutes, plan.drop) == (5, None)


def test_what_is_days_late_comes_before_lapses() -> None:
    one = drop(1)
    states, read = through(one)
    states["d1-c1"] = learned(TODAY, quality=1)
    states["d1-c2"] = learned(TODAY - LATE_DAYS)
    assert names(make(course(one), progress(states, read), TODAY)) == ["d1-c2", "d1-c1"]


def test_what_was_answered_below_four_today_comes_again_first() -> None:
    one = drop(1)
    states, read = through(one)
    states["d1-c0"] = learned(TODAY - 9)
    wrong = learned(TODAY + 1, last_answer=TODAY, last_answer_quality=1)
    states["d1-c3"] = wrong
    plan = make(course(one), progress(states, read), TODAY)
    assert names(plan) == ["d1-c3", "d1-c0"]
    assert [e.cause for e in plan.entries if isinstance(e, Asking)] == ["again", "due"]


def test_a_backlog_of_some_days_minutes_shuts_the_next_drop() -> None:
    one, two = drop(1, cards=9), drop(2)
    states, read = through(one, due=TODAY)
    shuts = BACKLOG_DAYS * 7 * MINUTE / 9  # nine cards due, seven minutes a day
    held = make(course(one, two), progress(states, read, shuts + 0.1), TODAY)
    free = make(course(one, two), progress(states, read, shuts - 0.1), TODAY)
    assert held.backlog and "drop-2" not in names(held)
    assert not free.backlog and names(free)[0] == "drop-2"


def test_a_backlog_is_named_only_where_it_keeps_a_drop_shut() -> None:
    one, two = drop(1, cards=9), drop(2)
    states, read = through(one, due=TODAY)
    path_is_through = make(course(one), progress(states, read, seconds=120.0), TODAY)
    read |= {one.id: TODAY}
    tomorrow = make(course(one, two), progress(states, read, seconds=120.0), TODAY)
    assert not path_is_through.backlog and not tomorrow.backlog


def test_what_does_not_fit_waits_and_is_counted_without_being_lost() -> None:
    one = drop(1, cards=9)
    states, read = through(one, due=TODAY - 3)
    plan = make(course(one), progress(states, read, seconds=60.0), TODAY)
    assert len(plan.entries) == 5 * MINUTE // (60 * SEEN_TIMES)
    spare = {e.item.id for e in plan.spare if isinstance(e, Asking)}
    assert spare | set(names(plan)) == {item.id for item in one.items}


def test_the_plan_keeps_within_its_minutes() -> None:
    one = drop(1, cards=9)
    states, read = through(one, due=TODAY - 3)
    for minutes in range(2, 12):
        plan = make(course(one), progress(states, read, 50.0), TODAY, minutes)
        assert plan.seconds <= minutes * MINUTE


def test_one_item_is_planned_even_if_it_is_longer_than_the_day() -> None:
    one = drop(1)
    states, read = through(one, due=TODAY)
    plan = make(course(one), progress(states, read, seconds=999.0), TODAY, minutes=5)
    assert len(plan.entries) == 1


def test_cards_wait_for_their_reading() -> None:
    long = drop(1, cards=3, words=3000)
    two = drop(2, cards=3)
    states, read = through(two, due=TODAY)
    plan = make(course(long, two), progress(states, read), TODAY, minutes=5)
    assert names(plan)[0] == "drop-1"


def test_a_card_whose_answer_was_changed_is_due_once() -> None:
    one = drop(1)
    states, read = through(one)
    states["d1-c2"] = replace(states["d1-c2"], fingerprint="old")
    marks = {"d1-c2": "new"}
    plan = make(course(one), progress(states, read, fingerprints=marks), TODAY)
    assert plan.entries == (Asking(one.items[2], "changed"),)


@pytest.mark.parametrize(
    "state",
    [
        learned(TODAY - 1, suspended=True),
        learned(TODAY + 1),
        learned(TODAY + 1, brought=TODAY - 1),
        learned(TODAY + 1, last_answer=TODAY, last_answer_quality=4),
    ],
    ids=["suspended", "not due", "brought yesterday", "answered today"],
)
def test_these_are_not_asked(state: ItemState) -> None:
    one = drop(1)
    states, read = through(one)
    plan = make(course(one), progress(states | {"d1-c0": state}, read), TODAY)
    assert names(plan) == []


def test_a_due_card_that_was_only_practised_today_is_still_due() -> None:
    one = drop(1)
    states, read = through(one)
    practised = learned(TODAY - 1, last_answer=TODAY, last_answer_quality=4)
    plan = make(course(one), progress(states | {"d1-c0": practised}, read), TODAY)
    assert plan.entries == (Asking(one.items[0], "due"),)


def test_a_card_brought_today_is_asked_today() -> None:
    one = drop(1)
    states, read = through(one)
    states["d1-c0"] = learned(TODAY + 8, brought=TODAY)
    plan = make(course(one), progress(states, read), TODAY)
    assert plan.entries == (Asking(one.items[0], "brought"),)


def test_a_new_card_that_was_brought_is_asked_once() -> None:
    one = drop(1)
    brought = ItemState(brought=TODAY)
    states = {"d1-c0": brought, one.items[-1].id: brought}
    plan = make(course(one), progress(states, {"drop-1": TODAY - 1}), TODAY)
    asked = [e.item.id for e in (*plan.entries, *plan.spare) if isinstance(e, Asking)]
    assert sorted(asked) == sorted({item.id for item in one.items})


def siblings(count: int) -> Drop:
    cards = [choice(f"s{k}", group="kin") for k in range(count)]
    items = [i for card in cards for i in items_of(card, 1, False, "f", 1)]
    return Drop("drop-1", 1, 1, 7, "t", "d", "text", (), (), tuple(items))


def test_cards_of_one_group_do_not_meet_on_one_day() -> None:
    kin = siblings(3)
    states = {item.id: learned(TODAY - k) for k, item in enumerate(kin.items)}
    plan = make(course(kin), progress(states, {"drop-1": TODAY - 9}), TODAY)
    assert names(plan) == ["s2"]
    met = states | {"s2": learned(TODAY + 9, last_answer=TODAY, last_answer_quality=4)}
    plan = make(course(kin), progress(met, {"drop-1": TODAY - 9}), TODAY)
    assert names(plan) == []


def test_the_blanks_of_one_cloze_are_one_group() -> None:
    card = ClozeCard.model_validate(
        {
            "id": "z",
            "kind": "cloze",
            "prompt": "[[a]] and [[b]]",
            "explain": "!",
            "blanks": {"a": {"answer": "x"}, "b": {"answer": "y"}},
        },
        strict=False,
    )
    items: tuple[Item, ...] = tuple(items_of(card, 1, True, "f", 1))
    assert [(i.id, i.core, i.group) for i in items] == [
        ("z/a", True, "z"),
        ("z/b", False, "z"),
    ]


@pytest.mark.parametrize(
    ("waited", "sitting"), [(0, False), (2, False), (3, True), (8, True)]
)
def test_a_due_exercise_is_the_next_action_and_after_three_days_takes_the_session(
    waited: int, sitting: bool
) -> None:
    one = drop(1)
    states, read = through(one)
    states |= {"ex-1": learned(TODAY - waited), "d1-c0": learned(TODAY)}
    plan = make(course(one), progress(states, read), TODAY)
    assert (plan.exercise, plan.sitting) == ("ex-1", sitting)
    card = (Asking(one.items[0], "due"),)
    both = plan.entries, tuple(plan.spare)
    assert both == (((), card) if sitting else (card, ()))


def test_practice_is_every_card_of_a_drop_and_nothing_else() -> None:
    plan = practice(drop(1))
    assert [e.cause for e in plan.entries if isinstance(e, Asking)] == ["practice"] * 5


@pytest.mark.parametrize(
    ("spent", "cards"), [(0.0, 5), (120.0, 5), (200.0, 3), (290.0, 2), (900.0, 2)]
)
def test_deepening_cards_take_only_what_earlier_sessions_of_the_day_left(
    spent: float, cards: int
) -> None:
    one = drop(1, cards=8)
    states, read = through(one)
    states |= {item.id: learned(TODAY) for item in one.items[:2]}
    for item in one.items[5:]:
        del states[item.id]
    known = progress(states, read, seconds=20.0)
    plan = make(course(one), replace(known, spent=spent), TODAY)
    assert len(plan.entries) == cards
    assert len(plan.entries) + len(plan.spare) == 5


def test_when_the_days_minutes_are_spent_nothing_new_is_planned() -> None:
    one = drop(1)
    states, read = through(one)
    del states["d1-c4"]
    known = progress(states, read)
    plan = make(course(one), replace(known, spent=300.0), TODAY)
    assert (plan.entries, len(plan.spare)) == ((), 1)
