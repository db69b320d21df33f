"""A report as a table: in a terminal by rich, in a notebook as HTML.

rich comes with Textual; only who shows a table imports it. Whatever a submission has a
say in (names, messages, what it printed) is text here, never markup.
"""

import html as markup
import io
import shutil
from collections.abc import Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from drillbox.grader.report import SIGNS, Report
from drillbox.words import _

COLOURS = {True: "green", False: "red"}


def rich_table(report: Report) -> RenderableType:
    """The verdict, a row for each case, what is known of the mistake."""
    head = Text(f"{report.exercise}: {report.verdict}", "bold")
    parts: list[RenderableType] = [head]
    if report.ordered and not report.stopped:
        parts.append(_cases(report))
    parts += [Text(line) for line in below(report)]
    return Group(*parts)


def _cases(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("", _("case"), _("what was wrong")):
        table.add_column(title, overflow="fold")
    for case in report.ordered:
        sign = Text(_(SIGNS[case.passed]), COLOURS[case.passed])
        table.add_row(sign, Text(case.name), Text(case.message))
    return table


def below(report: Report) -> Iterator[str]:
    """What stands below the cases, line by line."""
    yield from [f"· {report.left}"] if report.left else ()
    yield from report.said()
    if report.printed:
        yield _("Your code printed:")
        yield from (f"│ {line}" for line in report.printed)
    yield from (_("Note: {note}").format(note=note) for note in report.notes)
    yield from [str(report.sandbox)] if report.sandbox else ()


def terminal(report: Report) -> str:
    """The table as characters for a terminal, in its colours if it has any."""
    width = shutil.get_terminal_size().columns
    console = Console(file=io.StringIO(), force_terminal=True, width=width)
    with console.capture() as shown:
        console.print(rich_table(report))
    return shown.get().rstrip("\n")


def html(report: Report) -> str:
    """The table for a notebook."""
    esc = markup.escape
    rows = "" if report.stopped else "".join(_rows(report))
    head = f"<p><b>{esc(report.exercise)}: {esc(report.verdict)}</b></p>"
    lines = "<br>".join(esc(line) for line in below(report))
    table = f"<table>{_head()}<tbody>{rows}</tbody></table>" if rows else ""
    return f'<div class="drillbox">{head}{table}<p>{lines}</p></div>'


_LEFT = 'style="text-align: left"'


def _head() -> str:
    titles = (_("case"), _("what was wrong"))
    cells = "".join(f"<th {_LEFT}>{markup.escape(title)}</th>" for title in titles)
    return f"<thead><tr><th></th>{cells}</tr></thead>"


def _rows(report: Report) -> Iterator[str]:
    for case in report.ordered:
        cells = (_(SIGNS[case.passed]), case.name, case.message)
        yield "<tr>"
        yield from (f"<td {_LEFT}>{markup.escape(cell)}</td>" for cell in cells)
        yield "</tr>"
