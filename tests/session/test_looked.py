"""What is read where it is looked at says what reading everything would say."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillbox.domain import event, plan
from drillbox.domain.course import Course
from drillbox.domain.event import Draft
from drillbox.domain.fingerprint import fingerprint
from drillbox.history.log import Log
from drillbox.session.looked import Marks, States
from drillbox.session.today import adopt, progress
from tests.conftest import Clock

Doing = tuple[str, int, int, int]
doings = st.lists(
    st.tuples(
        st.sampled_from((event.ANSWER,) * 5 + (event.SUSPEND, event.RESUME, "bring")),
        st.integers(0, 400),
        st.integers(0, 5),
        st.sampled_from((0, 0, 0, 1, 6)),
    ),
    max_size=25,
)


def done(course: Course, log: Log, clock: Clock, doing: Doing) -> None:
    kind, at, quality, days = doing
    names = (*course.items, *course.exercises)
    item = names[at % len(names)]
    if kind == "bring":
        log.append(Draft(event.BRING, course.id, body={"items": [item]}))
    elif kind == event.ANSWER and item in course.items:
        mark = "another" if at % 7 == 0 else fingerprint(course.items[item])
        body = {"fingerprint": mark, "kind": "choice", "duration_ms": 900 * (at + 1)}
        log.append(Draft(kind, course.id, item, quality=quality, body=body))
    elif kind != event.ANSWER:
        log.append(Draft(kind, course.id, item))
    clock.sleep(days)


def of(made: plan.Plan) -> tuple[Any, ...]:
    return (*made.entries, None, *made.spare, replace(made, spare=()))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(doings, st.integers(0, 14), st.booleans())
def test_todays_plan_is_the_plan_of_all_states(
    dpo: Course,
    tmp_path_factory: pytest.TempPathFactory,
    acts: list[Doing],
    read: int,
    everything: bool,
) -> None:
    clock = Clock()
    with Log.open(str(tmp_path_factory.mktemp("home")), clock) as log:
        adopt(dpo, log)
        for drop in dpo.drops[:read]:
            log.append(Draft(event.READ, dpo.id, drop.id))
        for doing in acts:
            done(dpo, log, clock, doing)
        kept = progress(dpo, log)
        marks = {item.id: fingerprint(item) for item in dpo.items.values()}
        walked = plan.Progress(
            log.schedule(dpo.id),
            log.read_drops(dpo.id),
            marks,
            kept.seconds,
            log.spent(dpo.id),
        )
        one, other = (
            plan.make(dpo, where, log.today(), None, everything)
            for where in (kept, walked)
        )
        assert of(one) == of(other)


def test_states_and_fingerprints_are_those_of_the_record_and_the_course(
    dpo: Course, log: Log
) -> None:
    for item in list(dpo.items)[::5]:
        log.append(Draft(event.ANSWER, dpo.id, item, quality=4))
    states = States(dpo, log)
    assert {name: states[name] for name in states} == log.schedule(dpo.id)
    assert dict(States(dpo, log)) == log.schedule(dpo.id) and len(states) > 9
    assert next(reversed(dpo.items)) not in states or len(dpo.items) % 5 == 1
    assert dict(Marks(dpo)) == {i.id: fingerprint(i) for i in dpo.items.values()}
    assert len(Marks(dpo)) == len(dpo.items)


def test_of_a_drop_that_is_looked_at_often_all_is_read_in_one_go(
    dpo: Course, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def states_of(course: str, names: list[str]) -> dict[str, Any]:
        asked.append(len(names))
        return {}

    monkeypatch.setattr(log, "states_of", states_of)
    states, names = States(dpo, log), [item.id for item in dpo.drop(2).items]
    for name in names * 2:
        assert states.get(name) is None
    assert asked == [1, 1, 1, len(names) - 3]
