"""A finished run as one JSON document, and the record that is shipped of each run.

    header  settings, device, threads, dtype, the model's SHA-256
    pairs   one object for each pair before its first step
    steps   one object for each pair and step
    replays one object for each pair: the same steps in float64

The shipped records (content/dpo/records) are made by `drillbox lab run NAME --save
FILE`; they give the numbers that a learner sees before predicting, and a test runs
them again.
"""

import json
import os
from collections.abc import Iterable
from typing import Any

from drillbox import places
from drillbox.lab.run import LabError, Record
from drillbox.words import _

Document = dict[str, Any]
GROUPS = ("pairs", "steps", "replays")


def document(records: Iterable[Record]) -> Document:
    """The records of a whole run as one document; LabError if it is not whole."""
    groups: dict[str, list[Record]] = {"header": [], "pair": [], "step": [], "end": []}
    groups["replay"] = []
    for record in records:
        kind = record["type"]
        bare = {name: value for name, value in record.items() if name != "type"}
        groups[kind].append(bare)
    if not (groups["header"] and groups["end"]):
        raise LabError(_("the run did not come to its end; run it again"))
    header = groups["header"][0]
    return {
        "header": header,
        "pairs": groups["pair"],
        "steps": groups["step"],
        "replays": groups["replay"],
    }


def text(document: Document) -> str:
    """The document as JSON, one line for each pair and step."""

    def lines(records: list[Record]) -> str:
        return ",\n  ".join(json.dumps(r, ensure_ascii=False) for r in records)

    header = json.dumps(document["header"], ensure_ascii=False)
    groups = [f' "{name}": [\n  {lines(document[name])}\n ]' for name in GROUPS]
    return "{\n" + ",\n".join((f' "header": {header}', *groups)) + "\n}\n"


def save(records: Iterable[Record], path: str) -> None:
    """Write a whole run to a file; LabError if it cannot be written."""
    whole = text(document(records))
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(whole)
    except OSError as error:
        said = _("cannot write {path}: {why}")
        raise LabError(said.format(path=path, why=error.strerror)) from None


def shipped(name: str) -> Document:
    """The shipped record of a run; LabError if there is none that can be read."""
    path = os.path.join(places.shipped_course(), "records", f"{name}.json")
    try:
        with open(path, encoding="utf-8") as file:
            kept: Document = json.load(file)
    except OSError as error:
        said = _("cannot read {path}: {why}")
        raise LabError(said.format(path=path, why=error.strerror)) from None
    except ValueError:
        broken = _("{path} is no JSON; install drillbox again")
        raise LabError(broken.format(path=path)) from None
    return kept


def before(name: str) -> dict[str, Record]:
    """Each pair of a run before its first step, by its letter, from the record."""
    return {pair["pair"]: pair for pair in shipped(name)["pairs"]}
