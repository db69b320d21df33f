"""The code of `spot` cards, run: it and its repaired twin differ on a named input."""

import textwrap
from collections.abc import Iterator, Sequence

from drillbox.domain.card import Run, SpotCard
from drillbox.domain.course import Item
from drillbox.errors import GraderError
from drillbox.grader.snippet import FUNCTION, Snippets
from drillbox.words import _
from drillbox.workbench.found import Found, in_card

PRELUDE = """import math
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
"""


def alike(items: Sequence[Item]) -> Iterator[Found]:
    """Cards whose code does not do what they say of it."""
    running = [
        (item, item.card, item.card.run)
        for item in items
        if isinstance(item.card, SpotCard) and item.card.run is not None
    ]
    if not running:
        return
    with Snippets() as snippets:
        for item, card, run in running:
            try:
                shown = snippets.run(program(card.code, run))
                mended = snippets.run(program(repaired(card), run))
            except GraderError as error:
                what = _("cannot be run: {why}").format(why=error)
                yield in_card(item, ("run",), what)
                return
            if mended.raised:
                what = _("the repaired code does not run: {why}").format(why=mended.why)
                advice = _("mend `fix`, `repaired` or `setup`")
                yield in_card(item, ("run",), what, advice)
            elif shown.raised != (run.raises or ""):
                yield in_card(item, ("run",), *_otherwise(shown.raised, shown.why, run))
            elif shown.same(mended):
                what = _("gives {result} as it stands and repaired")
                advice = _("choose inputs that tell them apart")
                yield in_card(item, ("run",), what.format(result=mended), advice)


def _otherwise(raised: str, why: str, run: Run) -> tuple[str, str]:
    if raised and run.raises is None:
        advice = _("mend `setup`, or write `raises: {error}` if that is the bug")
        advice = advice.format(error=raised)
        return _("the code does not run as it stands: {why}").format(why=why), advice
    said = _("the code should raise {error} and raises nothing")
    if why:
        said = _("the code should raise {error} and raises {why}")
    return said.format(error=run.raises, why=why), _("mend `raises`")


def repaired(card: SpotCard) -> str:
    """The code with the faulty line put right."""
    if card.run is not None and card.run.repaired is not None:
        return card.run.repaired
    lines = card.code.splitlines()
    old = lines[card.line - 1]
    margin = old[: len(old) - len(old.lstrip())]
    lines[card.line - 1] = textwrap.indent(textwrap.dedent(card.fix), margin)
    return "\n".join(lines)


def program(code: str, run: Run) -> str:
    """A module whose function FUNCTION gives what the code comes to."""
    inputs = "".join(f"{name} = {value}\n" for name, value in run.inputs.items())
    before = f"{PRELUDE}{run.setup or ''}\n{inputs}"
    if run.call is not None:
        return f"{before}{code}\ndef {FUNCTION}():\n    return {run.call.strip()}\n"
    body = textwrap.indent(code, "    ")
    given = ", ".join(f"{name}={name}" for name in run.inputs)
    return f"{before}def {FUNCTION}({given}):\n{body}\n"
