"""A short text of a card: formulas as lines, `code`, **bold** and *stress*."""

import re

from textual.content import Content

from drillbox.domain.mathtext import prose, render

_MARKS = re.compile(
    r"(?P<tick>`+)(?P<code>.+?)(?P=tick)"
    r"|\*\*(?P<bold>\S(?:.*?\S)?)\*\*"
    r"|\*(?P<stress>\S(?:.*?\S)?)\*"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
)
_STYLES = {"code": "$accent", "bold": "bold", "stress": "italic", "escaped": ""}


class Inline(Content):
    """A text that is shown. sources: of the formulas in it."""

    __slots__ = ("sources",)
    sources: list[str]


def inline(markdown: str) -> Inline:
    """One line of Markdown as Textual shows it; it wraps, and nothing else happens."""
    sources: list[str] = []

    def kept(source: str) -> str:
        line = render(source)  # may raise Refused
        sources.append(source)
        return line

    text = prose(markdown, escape=True, form=kept)
    parts: list[str | tuple[str, str]] = []
    end = 0
    for match in _MARKS.finditer(text):
        parts.append(text[end : match.start()])
        name = match.lastgroup or ""
        parts.append((match[name], _STYLES[name]))
        end = match.end()
    shown = Inline.assemble(*parts, text[end:])
    assert isinstance(shown, Inline)  # of its own class, which its annotation hides
    shown.sources = sources
    return shown
