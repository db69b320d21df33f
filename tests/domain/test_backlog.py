"""What is due comes in one order, and no more of it is made than is looked at."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain import plan
from drillbox.domain.backlog import LATE_DAYS, Lazy, Wait, in_order
from drillbox.domain.course import Course, Drop, items_of
from drillbox.domain.schedule import ItemState
from drillbox.domain.sm2 import State
from tests.domain.test_plan import TODAY, choice, course, learned, progress

DAYS = st.sampled_from((None, TODAY - 6, TODAY - 3, TODAY, TODAY + 1, TODAY + 9))
LATELY = st.sampled_from((None, TODAY, TODAY - 1))
QUALITY = st.sampled_from((None, 1, 3, 4))


@st.composite
def states(draw: st.DrawFn) -> ItemState:
    """Of any item, as answers, bringing and suspending may have left it."""
    due = draw(DAYS)
    met = due is not None
    return ItemState(
        State(250, 1, draw(st.sampled_from((1, 30)))),
        due,
        draw(st.sampled_from((TODAY, TODAY - 1))) if met else None,
        draw(QUALITY) if met else None,
        draw(st.integers(int(met), 3)),
        draw(st.integers(0, 2)),
        0,
        draw(st.booleans()),
        draw(LATELY),
        draw(st.sampled_from((None, "f", "g"))),
        draw(LATELY) if not met else draw(st.sampled_from((TODAY, TODAY - 1))),
        draw(QUALITY),
    )


@st.composite
def paths(draw: st.DrawFn) -> Course:
    """A course of few cards, some with groups and twins."""
    drops = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        items = []
        for k in range(draw(st.integers(1, 6))):
            group = draw(st.sampled_from((None, None, "g", "h")))
            card = choice(f"d{number}-c{k}", group)
            twin = draw(st.sampled_from((None, None, "d1-c0", "d2-c1", "d1-c4")))
            card = card.model_copy(update={"contrast": twin})
            items += items_of(card, number, k < 3, "f", 1)
        name, words = f"drop-{number}", " ".join(["word"] * draw(st.integers(1, 500)))
        about = (name, number, 1, draw(st.integers(1, 8)), "t", "d", words)
        drops.append(Drop(*about, (f"ex-{number}",), (), tuple(items)))
    return course(*drops)


def of(made: plan.Plan) -> tuple[object, ...]:
    return (tuple(made.entries), tuple(made.spare), replace(made, spare=()))


@given(st.data())
def test_a_plan_of_what_is_kept_is_the_plan_of_all_states(data: st.DataObject) -> None:
    path = data.draw(paths())
    names = st.sampled_from((*path.items, *path.exercises))
    known = data.draw(st.dictionaries(names, states()))
    read = {d.id: data.draw(st.sampled_from((TODAY, TODAY - 1))) for d in path.drops}
    for drop in path.drops[data.draw(st.integers(0, 3)) :]:
        del read[drop.id]
    seconds = {
        item: data.draw(st.sampled_from((1.0, 20.0, 60.0))) for item in path.items
    }
    marks = dict.fromkeys(path.items, "f")
    walked = plan.Progress(known, read, marks, lambda item: seconds[item.id])
    kept = replace(
        walked,
        least=1.0,
        waiting=walked.waits(TODAY)[::-1],
        touched={
            name
            for name, s in known.items()
            if TODAY in (s.last_answer, s.last_review, s.brought)
            or s.fingerprint not in (None, "f")
        },
        met={
            drop.id: sum(
                item.id in known
                and (known[item.id].due is not None or known[item.id].suspended)
                for item in drop.items
            )
            for drop in path.drops
        },
    )
    minutes, everything = (
        data.draw(st.sampled_from((None, 1, 9))),
        data.draw(st.booleans()),
    )
    one, other = (
        plan.make(path, w, TODAY, minutes, everything) for w in (walked, kept)
    )
    assert of(one) == of(other)


def test_of_a_large_backlog_no_more_is_looked_at_than_has_room() -> None:
    items = [i for k in range(500) for i in items_of(choice(f"c{k}"), 1, k < 3, "f", 1)]
    one = Drop("d", 1, 1, 5, "t", "d", "word", (), (), tuple(items))
    looks: list[str] = []

    class Counted(dict[str, ItemState]):
        def get(self, item: str, _: object = None) -> ItemState | None:  # type: ignore[override]
            looks.append(item)
            return super().get(item)

    known = Counted((item.id, learned(TODAY - 1)) for item in items)
    where = replace(
        progress(known, {"d": TODAY - 9}),
        least=30.0,
        waiting=[Wait(name, TODAY - 1, 4) for name in known],
        touched=(),
        met={"d": 500},
    )
    made = plan.make(course(one), where, TODAY)
    assert len(made.entries) == 5 * 60 // (30 * plan.SEEN_TIMES)
    assert made.spare and looks == []
    assert len(made.spare) == 500 - len(made.entries)


waits = st.lists(
    st.builds(
        Wait,
        st.text("abcdefgh", min_size=1, max_size=4),
        st.integers(TODAY - 9, TODAY),
        QUALITY,
    ),
    unique_by=lambda wait: wait.item,
)


@given(waits)
def test_late_cards_come_first_then_lapses_then_what_waited_longest(
    found: list[Wait],
) -> None:
    place = {wait.item: k for k, wait in enumerate(found)}

    def rank(wait: Wait) -> tuple[bool, bool, int, int]:
        late = TODAY - wait.due >= LATE_DAYS
        lapsed = wait.quality is not None and wait.quality < 3
        return (not late, not lapsed, wait.due, place[wait.item])

    expected = [wait.item for wait in sorted(found, key=rank)]
    assert list(in_order(found[::-1], TODAY, place.__getitem__)) == expected


@given(st.lists(st.integers()), st.lists(st.integers(0, 9)))
def test_a_lazy_sequence_is_the_sequence(whole: list[int], looks: list[int]) -> None:
    lazy = Lazy(iter(whole))
    assert bool(lazy) == bool(whole)
    for count in looks:
        assert [one for one, _ in zip(lazy, range(count), strict=False)] == whole[
            :count
        ]
    assert list(lazy) == whole and len(lazy) == len(whole)
    assert lazy[1:3] == whole[1:3]
    assert [lazy[k] for k in range(len(whole))] == whole


def test_a_lazy_sequence_makes_no_more_than_is_looked_at() -> None:
    made: list[int] = []

    def source() -> object:
        for k in range(9):
            made.append(k)
            yield k

    lazy = Lazy(source())  # type: ignore[arg-type]
    assert made == [] and lazy and made == [0]
    assert next(iter(lazy)) == 0 and made == [0]
    assert len(lazy) == 9 and made == list(range(9))
