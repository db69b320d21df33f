"""The fold. Events are written as short rows: kind, item, study day, quality."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.domain.event import Event
from drillbox.domain.schedule import (
    NEW,
    ItemState,
    Role,
    Schedule,
    advance,
    fold,
    role,
    row,
)
from drillbox.domain.sm2 import State

NUMBERS = count()


def event(
    kind: str,
    item: str = "a",
    day: int = 100,
    quality: int | None = None,
    *,
    logical: int | None = None,
    course: str = "dpo",
    target: str | None = None,
    practice: bool = False,
    **body: Any,
) -> Event:
    """An event; later than the one made before it unless `logical` says otherwise."""
    number = next(NUMBERS)
    time = number if logical is None else logical
    return Event(
        f"{number:032x}",
        "0" * 32,
        time,
        time,
        0,
        day,
        kind,
        course,
        item,
        target,
        quality,
        practice,
        body,
    )


def answer(day: int, quality: int | None, item: str = "a", **more: Any) -> Event:
    return event("answer", item, day, quality, **more)


def undo(of: Event, **more: Any) -> Event:
    return event("undo", of.item, of.day, target=of.id, **more)


def grade(of: Event, quality: int | None, **more: Any) -> Event:
    return event("grade", of.item, of.day, quality, target=of.id, **more)


def state(*events: Event, item: str = "a") -> ItemState:
    return fold(events).items.get(("dpo", item), NEW)


# -- what an answer is


@pytest.mark.parametrize(
    ("answers", "sm2", "due", "reviews", "lapses"),
    [
        # the first answer, below 3, is the learning: SM-2 has not begun
        ([(100, 2)], (250, 0, 1), 101, 0, 0),
        ([(100, 0)], (250, 0, 1), 101, 0, 0),
        # the first answer, 3 or better, is a review
        ([(100, 4)], (250, 1, 1), 101, 1, 0),
        ([(100, 3)], (236, 1, 1), 101, 1, 0),
        # after the learning the first review starts from the beginning
        ([(100, 1), (101, 4)], (250, 1, 1), 102, 1, 0),
        # on the same study day everything more is a drill
        ([(100, 1), (100, 4)], (250, 0, 1), 101, 0, 0),
        ([(100, 4), (100, 1)], (250, 1, 1), 101, 1, 0),
        # early and right: a drill; early and wrong: a review
        ([(100, 4), (101, 4), (103, 5)], (250, 2, 6), 107, 2, 0),
        ([(100, 4), (101, 4), (103, 2)], (218, 0, 1), 104, 3, 1),
        # a late review counts from its own day, with the interval SM-2 had given
        ([(100, 4), (101, 4), (130, 4)], (250, 3, 15), 145, 3, 0),
        # an answer dated before the last review is a drill, whatever its quality
        ([(100, 4), (90, 0)], (250, 1, 1), 101, 1, 0),
        # the golden row 4,4,4,2,4,4,4 of SM-2
        (
            [(0, 4), (1, 4), (7, 4), (22, 2), (23, 4), (24, 4), (30, 4)],
            (218, 3, 14),
            44,
            7,
            1,
        ),
    ],
)
def test_the_fold_decides_what_an_answer_is(
    answers: list[tuple[int, int]],
    sm2: tuple[int, int, int],
    due: int,
    reviews: int,
    lapses: int,
) -> None:
    found = state(*(answer(day, quality) for day, quality in answers))
    assert (found.sm2, found.due) == (State(*sm2), due)
    assert (found.reviews, found.lapses, found.answers) == (
        reviews,
        lapses,
        len(answers),
    )


def test_the_last_review_and_the_last_answer_are_told_apart() -> None:
    found = state(answer(100, 4), answer(102, 5), answer(103, 4))
    assert (found.last_review, found.last_quality) == (102, 5)
    assert (found.last_answer, found.last_answer_quality) == (103, 4)


def test_a_recall_without_a_grade_counts_as_an_answer_and_moves_nothing() -> None:
    waiting = answer(100, None, fingerprint="f")
    found = state(waiting)
    assert found == ItemState(answers=1, last_answer=100)
    assert state(waiting, grade(waiting, 4)).due == 101


def test_an_answer_after_an_ungraded_recall_is_still_the_first() -> None:
    assert state(answer(100, None), answer(100, 1)).sm2 == State(250, 0, 1)


def test_practice_is_never_learning_and_moves_no_state() -> None:
    found = state(answer(100, 1, practice=True), answer(102, 5, practice=True))
    assert (found.due, found.sm2, found.reviews, found.answers) == (None, State(), 0, 2)
    assert state(answer(100, 1, practice=True), answer(100, 4)).reviews == 1


def test_practice_only_draws_the_next_variant() -> None:
    before = [answer(100, 4, fingerprint="old")]
    practised = answer(100, 1, practice=True, fingerprint="new")
    assert state(*before, practised) == replace(state(*before), answers=2)


def test_a_changed_answer_makes_an_early_answer_a_review_once() -> None:
    learned = [answer(0, 4, fingerprint="old"), answer(1, 4, fingerprint="old")]
    changed = answer(2, 4, fingerprint="new")
    again = answer(3, 4, fingerprint="new")
    assert state(*learned, changed).last_review == 2
    assert state(*learned, changed, again).last_review == 2
    assert state(*learned, answer(2, 4)).last_review == 1
    unmarked = [answer(0, 4), answer(1, 4), answer(2, 4, fingerprint="new")]
    assert state(*unmarked).last_review == 1


@pytest.mark.parametrize(
    ("what", "quality", "moves"),
    [
        ("pass", 5, True),
        ("give-up", 0, True),
        ("pass", None, False),
        ("check", 4, False),
        ("hint", 4, False),
        (None, 4, False),
    ],
)
def test_an_attempt_counts_when_it_is_over(
    what: str | None, quality: int | None, moves: bool
) -> None:
    found = state(event("attempt", "a", 100, quality, what=what))
    assert (found.due == 101 and found.answers == 1) if moves else (found == NEW)


@pytest.mark.parametrize(
    ("before", "day", "quality", "practice", "fingerprint", "expected"),
    [
        (NEW, 5, None, False, None, "none"),
        (NEW, 5, None, True, None, "none"),
        (NEW, 5, 4, True, None, "drill"),
        (NEW, 5, 2, False, None, "learning"),
        (NEW, 5, 3, False, None, "review"),
        (ItemState(due=9, last_review=3), 3, 0, False, None, "drill"),
        (ItemState(due=9, last_review=3), 5, 2, False, None, "review"),
        (ItemState(due=9, last_review=3), 5, 3, False, None, "drill"),
        (ItemState(due=9, last_review=3), 9, 3, False, None, "review"),
        (ItemState(due=9, last_review=3, fingerprint="f"), 5, 4, False, "g", "review"),
        (ItemState(due=9, last_review=3, fingerprint="f"), 5, 4, False, "f", "drill"),
        (ItemState(due=9, last_review=3, fingerprint="f"), 5, 4, False, "", "drill"),
        (ItemState(due=9, last_review=3, fingerprint="f"), 3, 4, False, "g", "drill"),
        (ItemState(due=5, last_review=3, brought=5), 5, 4, True, None, "drill"),
        (ItemState(due=9, last_review=3, brought=5), 5, 4, False, None, "drill"),
    ],
)
def test_the_role_of_an_answer_can_be_told_beforehand(
    before: ItemState,
    day: int,
    quality: int | None,
    practice: bool,
    fingerprint: str | None,
    expected: Role,
) -> None:
    assert role(before, day, quality, practice, fingerprint) == expected


# -- what reaches back


def test_an_undone_answer_does_not_exist_and_neither_do_its_grades() -> None:
    first, wrong = answer(100, 4), answer(101, 1)
    regraded = grade(wrong, 5)
    assert state(first, wrong, regraded, undo(wrong)) == state(first)


def test_undoing_twice_is_harmless_and_an_undo_cannot_be_undone() -> None:
    first = answer(100, 4)
    taken_back = undo(first)
    assert state(first, taken_back, undo(first)) == NEW
    assert state(first, taken_back, undo(taken_back)) == NEW


def test_an_undo_that_arrives_before_its_answer_still_holds() -> None:
    late = answer(100, 4, logical=10**9)
    assert state(undo(late), late) == NEW


def test_the_last_grade_in_fold_order_wins() -> None:
    given = answer(100, 1)
    better, worse = grade(given, 5, logical=10**9), grade(given, 0, logical=10**8)
    assert state(given, better, worse).last_quality == 5
    assert state(given, worse, better, undo(better)).last_quality == 0
    assert state(given, grade(given, None)).last_quality == 1


def test_an_undone_drop_is_not_read_and_only_the_first_reading_counts() -> None:
    first, second = event("read", "drop", 100), event("read", "drop", 105)
    assert fold([first, second]).read == {("dpo", "drop"): 100}
    assert fold([first, second, undo(first)]).read == {("dpo", "drop"): 105}


def test_the_last_of_suspend_and_resume_holds() -> None:
    away, back = event("suspend"), event("resume")
    assert state(away).suspended
    assert not state(away, back).suspended
    assert state(away, back, undo(back)).suspended


def test_bring_makes_items_due_for_its_day_and_never_makes_a_review() -> None:
    learned = [answer(0, 4), answer(1, 4)]
    brought = event("bring", "", 3, items=["a", "b"], cause="diagnosis")
    found = fold([*learned, brought, answer(3, 5)])
    assert found.items["dpo", "a"].brought == 3
    assert found.items["dpo", "a"].due == 7
    assert found.items["dpo", "b"] == ItemState(brought=3)


def test_a_reset_begins_the_course_again_and_can_be_undone() -> None:
    old = [answer(0, 4), event("suspend", "b"), event("read", "drop", 0)]
    old.append(event("bring", "", 0, items=["a"]))
    other = answer(0, 4, course="other")
    reset = event("reset", "")
    assert fold([*old, other, reset]) == fold([other])
    new = answer(9, 4)
    assert state(*old, reset, new) == state(new)
    assert fold([*old, reset, undo(reset), new]) == fold([*old, new])


def test_a_grade_after_a_reset_does_not_bring_the_answer_back() -> None:
    old = answer(0, 4)
    assert state(old, event("reset", ""), grade(old, 5)) == NEW


def test_unknown_kinds_are_passed_over() -> None:
    assert fold([event("note", text="?"), event("predict"), event("reset-all")]) == (
        Schedule()
    )


def test_what_was_answered_under_an_old_id_belongs_to_the_live_one() -> None:
    events = [
        answer(0, 4, "old"),
        answer(1, 4, "new"),
        answer(7, 4, "older"),
        event("bring", "", 8, items=["old"]),
        answer(0, 1, "old", course="other"),
    ]
    found = fold(events, {("dpo", "old"): "new", ("dpo", "older"): "new"})
    assert set(found.items) == {("dpo", "new"), ("other", "old")}
    assert found.items["dpo", "new"].sm2 == State(250, 3, 15)
    assert found.items["dpo", "new"].brought == 8


# -- laws


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events of two courses on skewed clocks, with ties and targets anywhere."""
    size = draw(st.integers(1, 25))
    ids = [f"{n:032x}" for n in range(size)]
    kinds = st.sampled_from(
        ["answer"] * 8
        + ["grade", "undo", "undo", "read", "attempt", "bring", "suspend", "resume"]
        + ["reset", "note"]
    )
    return [
        Event(
            ident,
            "0" * 32,
            draw(st.integers(0, 12)),
            0,
            0,
            draw(st.integers(100, 112)),
            draw(kinds),
            draw(st.sampled_from(["dpo", "ppo"])),
            draw(st.sampled_from(["a", "b", "old"])),
            draw(st.sampled_from([*ids, "f" * 32])),
            draw(st.none() | st.integers(0, 5)),
            draw(st.sampled_from([False, False, True])),
            {
                "what": draw(st.sampled_from(["pass", "give-up", "check"])),
                "fingerprint": draw(st.sampled_from(["", "f", "g"])),
                "items": draw(st.sampled_from([["a"], ["b", "old"]])),
            },
        )
        for ident in ids
    ]


ALIAS = {("dpo", "old"): "a"}


@settings(max_examples=40, deadline=None)
@given(histories(), st.randoms())
def test_the_order_in_which_events_arrive_does_not_matter(
    events: list[Event], source: Any
) -> None:
    shuffled = list(events)
    source.shuffle(shuffled)
    assert fold(shuffled, ALIAS) == fold(events, ALIAS)


@settings(max_examples=40, deadline=None)
@given(histories())
def test_the_fold_does_what_its_words_say(events: list[Event]) -> None:
    assert fold(events, ALIAS) == by_the_words(events)


@settings(max_examples=40, deadline=None)
@given(histories(), st.integers(0, 24))
def test_undoing_an_event_is_as_if_it_had_never_been(
    events: list[Event], index: int
) -> None:
    gone = events[index % len(events)]
    if gone.kind == "undo":
        return
    others = [e for e in events if e is not gone]
    taken_back = replace(gone, id="e" * 32, logical=99, kind="undo", target=gone.id)
    assert fold([*events, taken_back, taken_back]) == fold(others)


@settings(max_examples=40, deadline=None)
@given(histories())
def test_one_more_event_is_one_step_on(events: list[Event]) -> None:
    last = replace(events[-1], id="e" * 32, logical=99, kind="answer")
    key = (last.course, last.item)
    before = fold(events).items.get(key, NEW)
    after, _ = advance(before, row(last))
    assert fold([*events, last]).items.get(key, NEW) == after


def by_the_words(events: list[Event]) -> Schedule:
    """The fold again, slowly, sentence by sentence of its description."""
    everything = sorted(events, key=lambda e: (e.logical, e.id))
    undone = {e.target for e in everything if e.kind == "undo"}
    standing = [e for e in everything if e.id not in undone]
    found = Schedule()
    for course in ("dpo", "ppo"):
        resets = [e for e in standing if e.kind == "reset" and e.course == course]
        since = (resets[-1].logical, resets[-1].id) if resets else (-1, "")
        for e in standing:
            if e.course == course and (e.logical, e.id) > since:
                _one(found, e, standing)
    found.items = {key: state for key, state in found.items.items() if state != NEW}
    return found


def _one(found: Schedule, e: Event, standing: list[Event]) -> None:
    key = (e.course, ALIAS.get((e.course, e.item), e.item))
    old = found.items.get(key, NEW)
    qualities = [e.quality] + [
        g.quality
        for g in standing
        if g.kind == "grade" and g.target == e.id and g.quality is not None
    ]
    quality = qualities[-1]
    over = e.kind == "attempt" and e.body["what"] != "check" and quality is not None
    if e.kind == "read":
        found.read.setdefault(key, e.day)
    elif e.kind in ("suspend", "resume"):
        found.items[key] = replace(old, suspended=e.kind == "suspend")
    elif e.kind == "bring":
        for name in e.body["items"]:
            other = (e.course, ALIAS.get((e.course, name), name))
            was = found.items.get(other, NEW)
            found.items[other] = replace(was, brought=max(e.day, was.brought or 0))
    elif e.kind == "answer" or over:
        found.items[key] = _answered(old, e, quality)


def _answered(old: ItemState, e: Event, quality: int | None) -> ItemState:
    from drillbox.domain.sm2 import review

    now = replace(old, answers=old.answers + 1)
    if e.practice:
        return now
    now = replace(now, last_answer=e.day, last_answer_quality=quality)
    if quality is None:
        return now
    mark = e.body["fingerprint"]
    changed = bool(mark and old.fingerprint and mark != old.fingerprint)
    now = replace(now, fingerprint=mark or old.fingerprint)
    new = old.last_review is None
    if not (new or e.day > (old.last_review or 0)):
        return now
    if new and quality < 3:
        sm2, counts = State(250, 0, 1), {}
    elif new or (old.due or 0) <= e.day or quality < 3 or changed:
        lapses = old.lapses + (quality < 3)
        sm2, counts = (
            review(old.sm2, quality),
            {"reviews": old.reviews + 1, "lapses": lapses},
        )
    else:
        return now
    return replace(
        now,
        sm2=sm2,
        due=e.day + sm2.interval,
        last_review=e.day,
        last_quality=quality,
        **counts,
    )
