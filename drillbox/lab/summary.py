"""A whole run of pairs in one object: what first order said, and what happened."""

from collections.abc import Sequence
from typing import Any

from drillbox.lab.compare import Outcome, outcomes
from drillbox.lab.run import LabError, Record
from drillbox.words import _


def summary(records: Sequence[Record]) -> dict[str, Any]:
    """The last line of `--json`; LabError if the run is not whole.

    Changes are [chosen, rejected] in nats: to first order of one step, then measured
    after step 1 and after step 50. directions: those of step 1; directions50: of step
    50. weight: σ(−margin) before the first step. checkpoint: the model's SHA-256.
    """
    if not records or records[-1]["type"] != "end":
        raise LabError(_("the run did not come to its end; run it again"))
    header, end = records[0], records[-1]
    found = outcomes(records)
    return {
        "pairs": [
            _pair(record, found[record["pair"]])
            for record in records
            if record["type"] == "pair"
        ],
        "seconds": end["seconds"],
        "device": header["device"],
        "checkpoint": header["sha256"],
    }


def _pair(record: Record, outcome: Outcome) -> dict[str, Any]:
    return {
        "name": record["pair"],
        "predicted_first_order": record["first_order"],
        "step1": [outcome.by_chosen, outcome.by_rejected],
        "step50": [outcome.end_chosen, outcome.end_rejected],
        "directions": [outcome.chosen, outcome.rejected],
        "directions50": list(outcome.end),
        "weight": outcome.value,
    }
