"""The formulas in a Markdown text: where they are, and the text with their lines.

A formula stands between $…$ or $$…$$. As in Pandoc, an opening $ has no blank after
it, a closing one has no blank before and no digit after it, so that "costs $5 and $6"
has no formula. Code spans, fenced code and \\$ are left alone.
"""

import re
from collections.abc import Callable, Iterator

from drillbox.domain.mathtext.forms import render
from drillbox.domain.mathtext.tree import Refused
from drillbox.words import _

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
_BEFORE_PARAGRAPH = re.compile(r"(?:\A|\n[ \t]*\n)\Z")
_END_OF_PARAGRAPH = re.compile(r"(?P<sign>[.,;]?)[ \t]*(?=\Z|\n[ \t]*(?:\n|\Z))")
_MARKUP = re.compile(r"[\\`*_{}\[\]<>&~|#!$+=]")  # + and = begin a list, a heading
_VALUE = re.compile(r"\{\{[A-Za-z][A-Za-z0-9_]*(?::[^{}]*)?\}\}")

Form = Callable[[str], str]  # the source of a formula → what is shown; or Refused


def prose(
    markdown: str,
    escape: bool = False,
    form: Form = render,
    display: Form | None = None,
) -> str:
    """The text with every formula replaced by its form, at first its line.

    display: the form of a formula alone in its paragraph, with the comma or full stop
    after it; it is not escaped. A refused formula stays as it was written, with its
    dollars. escape: put backslashes before what Markdown would read as markup, in the
    forms and in refused sources.
    """
    text, end = "", 0
    for match in _PIECES.finditer(markdown):
        source = _source(match)
        if source is None:
            continue
        text += markdown[end : match.start()]
        end = match.end()
        sign = _alone(match) if display else None
        if display and sign is not None:
            alone = _formed(source + sign, display)
            if alone is not None:
                text, end = text + alone, end + len(sign)
                continue
        shown = _formed(source, form)
        shown = match.group() if shown is None else shown
        text += _MARKUP.sub(r"\\\g<0>", shown) if escape else shown
    return text + markdown[end:]


def _formed(source: str, form: Form) -> str | None:
    """The form; None where it is refused."""
    try:
        return form(source)
    except Refused:
        return None


def _alone(match: re.Match[str]) -> str | None:
    """The sign that ends the paragraph of which the formula is all; None if it is not.

    A paragraph that is indented belongs to a list, and its formula stays on its line.
    """
    text = match.string
    if not _BEFORE_PARAGRAPH.search(text[max(0, match.start() - 80) : match.start()]):
        return None
    after = _END_OF_PARAGRAPH.match(text, match.end())
    return after and after["sign"]


def refusals(markdown: str) -> list[str]:
    """A sentence for every formula in a content text that cannot be laid out.

    A `{{value}}` still to be filled in counts as a number.
    """
    sentences = []
    for source in _formulas(markdown):
        try:
            render(_VALUE.sub("7", source))
        except Refused as refused:
            said = _("${formula}$ is shown as source: {why}")
            sentences.append(said.format(formula=source, why=refused.what))
    return sentences


def _formulas(markdown: str) -> Iterator[str]:
    for match in _PIECES.finditer(markdown):
        source = _source(match)
        if source is not None:
            yield source


def _source(match: re.Match[str]) -> str | None:
    """The formula that was matched; None for code and for escapes."""
    return match["display"] if match["display"] is not None else match["inline"]
