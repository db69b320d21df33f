"""The formulas in a Markdown text: where they are, and the text with their lines.

A formula stands between $…$ or $$…$$. As in Pandoc, an opening $ has no blank after
it, a closing one has no blank before and no digit after it, so that "costs $5 and $6"
has no formula. Code spans, fenced code and \\$ are left alone.
"""

import re
from collections.abc import Iterator

from drillbox.domain.mathtext.oneline import lay_out
from drillbox.domain.mathtext.parse import parse
from drillbox.domain.mathtext.tree import Refused

_INSIDE = r"(?:\\.|(?!\n[ \t]*\n)[^$\\`])+?"
_PIECES = re.compile(
    rf"""(?P<fence>^[ \t>]*(?P<ticks>`{{3,}}|~{{3,}})[^\n]*(?:\n|\Z)
            (?:.*?^[ \t>]*(?P=ticks)[`~]*[ \t]*$|.*))
      | (?P<code>(?<!`)(?P<run>`+)(?!`).*?(?<!`)(?P=run)(?!`))
      | (?P<escape>\\.)
      | (?<!\$)\$\$(?!\$)(?P<display>{_INSIDE})\$\$(?!\$)
      | (?<!\$)\$(?![\s$])(?P<inline>{_INSIDE})(?<!\s)\$(?![0-9$])""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_MARKUP = re.compile(r"[\\`*_{}\[\]<>&~|#!$+=]")  # + and = begin a list, a heading
_VALUE = re.compile(r"\{\{[A-Za-z][A-Za-z0-9_]*(?::[^{}]*)?\}\}")


def render(source: str) -> str:
    """One line of Unicode that says what the LaTeX `source` says. Raises Refused."""
    return lay_out(parse(source))


def line(source: str) -> str:
    """`render(source)`, or the source itself, unchanged, where it is refused."""
    try:
        return render(source)
    except Refused:
        return source


def prose(markdown: str, escape: bool = False) -> str:
    """The text with every formula replaced by its line.

    A refused formula stays as it was written, with its dollars. escape: put backslashes
    before what Markdown would read as markup, in lines and in refused sources.
    """

    def shown(match: re.Match[str]) -> str:
        source = _source(match)
        if source is None:
            return match.group()
        try:
            text = render(source)
        except Refused:
            text = match.group()
        return _MARKUP.sub(r"\\\g<0>", text) if escape else text

    return _PIECES.sub(shown, markdown)


def refusals(markdown: str) -> list[str]:
    """A sentence for every formula in a content text that cannot be laid out.

    A `{{value}}` still to be filled in counts as a number.
    """
    sentences = []
    for source in _formulas(markdown):
        try:
            render(_VALUE.sub("7", source))
        except Refused as refused:
            sentences.append(f"${source}$ is shown as source: {refused.what}")
    return sentences


def _formulas(markdown: str) -> Iterator[str]:
    for match in _PIECES.finditer(markdown):
        source = _source(match)
        if source is not None:
            yield source


def _source(match: re.Match[str]) -> str | None:
    """The formula that was matched; None for code and for escapes."""
    return match["display"] if match["display"] is not None else match["inline"]
