"""A run's figure as SVG and its records as CSV, side by side, over no other file."""

import os
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from itertools import count
from zipfile import ZIP_DEFLATED, ZipFile

from drillbox.lab import document
from drillbox.lab.chart import Chart, svg
from drillbox.lab.general import Record
from drillbox.lab.run import LabError
from drillbox.words import _


def save(
    directory: str, name: str, chart: Chart, records: Sequence[Record]
) -> tuple[str, str]:
    """Write both and return their names: name.svg and name.csv, or the first of
    name-2, name-3, … of which there is neither. LabError if they cannot be written.
    """
    figure, table = svg(chart), document.table(records)
    for number in count(1):
        stem = name if number == 1 else f"{name}-{number}"
        names = (f"{stem}.svg", f"{stem}.csv")
        if _both(directory, dict(zip(names, (figure, table), strict=True))):
            return names
    raise AssertionError("numbers do not end")


def packed(name: str, chart: Chart, records: Sequence[Record]) -> bytes:
    """Both in one ZIP file, for who has no directory to write to, as in a browser."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as files:
        files.writestr(f"{name}.svg", svg(chart))
        files.writestr(f"{name}.csv", document.table(records))
    return whole.getvalue()


def _both(directory: str, files: dict[str, str]) -> bool:
    """Make all of them; none, and False, where one of them is there already."""
    made: list[str] = []
    try:
        for name, text in files.items():
            path = os.path.join(directory, name)
            with open(path, "x", encoding="utf-8", newline="") as file:
                made.append(path)
                file.write(text)
    except FileExistsError:
        _gone(made)
        return False
    except OSError as error:
        _gone(made)
        said = _("cannot write {path}: {why}")
        raise LabError(said.format(path=path, why=error.strerror)) from None
    return True


def _gone(paths: Sequence[str]) -> None:
    for path in paths:
        with suppress(OSError):  # what it would say is less than why it is removed
            os.remove(path)
