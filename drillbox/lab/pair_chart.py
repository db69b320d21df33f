"""A chart of the run three-pairs: where both log-probs of each pair go."""

from collections.abc import Sequence

from drillbox.lab.chart import Chart, Series
from drillbox.lab.run import Record
from drillbox.words import _

SIDES = {"logp_chosen": "w", "logp_rejected": "l"}


def pair_chart(records: Sequence[Record]) -> Chart:
    """The change since step 0, nats; w is the chosen answer, l the rejected one."""
    paths: dict[str, list[Record]] = {}
    for record in records:
        if record["type"] == "step":
            paths.setdefault(record["pair"], []).append(record)
    series = [
        Series(f"{pair} {letter}", _changes(path, side))
        for pair, path in paths.items()
        for side, letter in SIDES.items()
    ]
    title = _("Three pairs: change of log π since step 0 (w chosen, l rejected)")
    return Chart(title, _("step"), _("nats"), tuple(series))


def _changes(path: Sequence[Record], side: str) -> tuple[tuple[float, float], ...]:
    return tuple((one["step"], one[side] - path[0][side]) for one in path)
