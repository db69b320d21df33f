"""The records of a run as files: one JSON document, a table in CSV.

The shipped ones (content/dpo/records) are made by `drillbox lab run NAME --save FILE`
and run again by a test. `end` is left out: the seconds differ every time.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from drillbox.lab import keep
from drillbox.lab.general import Record
from drillbox.lab.run import LabError
from drillbox.words import _


def text(records: Sequence[Record]) -> str:
    """A whole run as JSON, one line for each record; LabError if it is not whole."""
    if not records or records[-1]["type"] != "end":
        raise LabError(_("the run did not come to its end; run it again"))
    header, *others = (json.dumps(one, ensure_ascii=False) for one in records[:-1])
    lines = ",\n  ".join(others)
    return f'{{\n "header": {header},\n "records": [\n  {lines}\n ]\n}}\n'


def shipped(name: str) -> list[Record]:
    """The records of the shipped run, header first; LabError if it cannot be read."""
    document = keep.shipped(name)
    return [document["header"], *document["records"]]


def table(records: Iterable[Record]) -> str:
    """The records as CSV: a column for each name, in the order they first come.

    What is no number, text or truth value is written as JSON.
    """
    rows = [{name: _cell(value) for name, value in one.items()} for one in records]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def write(path: str, whole: str) -> None:
    """Write a file; LabError if it cannot be written."""
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(whole)
    except OSError as error:
        said = _("cannot write {path}: {why}")
        raise LabError(said.format(path=path, why=error.strerror)) from None
