"""A chart in words."""

import pytest

from drillbox.lab import document
from drillbox.lab.begin import general_runs
from drillbox.lab.chart import Chart, Series
from drillbox.lab.general import Run
from drillbox.lab.inwords import sentences, table

NAN = float("nan")


def chart(*series: Series) -> Chart:
    return Chart("t", "step", "loss, nats", series)


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (
            Series("DPO", ((0, 0.5), (1, -2), (2, 1))),
            "DPO: loss, nats, starts at 0.5 and ends at 1; lowest −2, highest 1.",
        ),
        (
            Series("PPO", ((0, 3), (7, 1)), dots=True),
            "PPO: 2 points; step from 0 to 7; loss, nats from 1 to 3.",
        ),
        (Series("none", ()), "none: no point."),
        (
            Series("torn", ((0, 1), (1, NAN), (2, 3))),
            "torn: loss, nats, starts at 1 and ends at 3; lowest 1, highest 3; "
            "1 not finite.",
        ),
    ],
)
def test_a_sentence_for_each_series(series: Series, said: str) -> None:
    assert list(sentences(chart(series))) == [said]


def test_a_table_has_the_steps_that_all_lines_have() -> None:
    one = Series("own", tuple((k, k / 2) for k in range(0, 101, 10)))
    other = Series("shared", tuple((k, -k) for k in range(0, 101, 5)))
    assert table(chart(one, other)) == [
        "step  own  shared",
        "   0    0       0",
        "  20   10     −20",
        "  40   20     −40",
        "  60   30     −60",
        "  80   40     −80",
        " 100   50    −100",
    ]


def test_dots_have_no_table() -> None:
    assert table(chart(Series("a", ((0, 1), (1, 2)), dots=True))) == []


@pytest.mark.parametrize("run", general_runs(), ids=lambda run: run.id)
def test_every_run_is_said_without_boxes(run: Run) -> None:
    drawn = run.chart(document.shipped(run.id))
    lines = [*sentences(drawn), *table(drawn)]
    assert len(list(sentences(drawn))) == len(drawn.series)
    assert not any("─" <= sign <= "╿" for line in lines for sign in line)
