"""The end of a session, line by line: done, new and kept, tomorrow."""

from drillbox.domain.plan import Plan
from drillbox.domain.statistics import Share
from drillbox.plain import say
from drillbox.session import End
from drillbox.session.steps import Sums


def test_the_end_says_what_is_new_what_was_kept_and_what_comes() -> None:
    sums = Sums((7, 7, 7), Share(9, 11), 4, 130.0, (739952, 2))
    end = End(Plan(5, ()), 14, 12, 300.0, 0, 0, sums=sums)
    assert list(say.end(end))[:3] == [
        "Done: 14 answers, 12 right, in 5 minutes.",
        "New: 3 cards of drop 7. Reviews: 9 of 11 right.",
        "Tomorrow: 4 cards, about 2 minutes; then 2 on Wed 2 Dec.",
    ]


def test_where_nothing_was_asked_nothing_is_summed_up() -> None:
    assert list(say.end(End(Plan(5, ()), 0, 0, 0.0, 0, 0))) == ["Nothing was asked."]
