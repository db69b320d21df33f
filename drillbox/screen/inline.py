"""A short text of a card: formulas as lines, `code`, **bold** and *stress*."""

import re

from textual.content import Content

from drillbox.domain.mathtext import prose

_MARKS = re.compile(
    r"(?P<tick>`+)(?P<code>.+?)(?P=tick)"
    r"|\*\*(?P<bold>\S(?:.*?\S)?)\*\*"
    r"|\*(?P<stress>\S(?:.*?\S)?)\*"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
)
_STYLES = {"code": "$accent", "bold": "bold", "stress": "italic", "escaped": ""}


def inline(markdown: str) -> Content:
    """One line of Markdown as Textual shows it; it wraps, and nothing else happens."""
    text = prose(markdown, escape=True)
    parts: list[str | tuple[str, str]] = []
    end = 0
    for match in _MARKS.finditer(text):
        parts.append(text[end : match.start()])
        name = match.lastgroup or ""
        parts.append((match[name], _STYLES[name]))
        end = match.end()
    return Content.assemble(*parts, text[end:])
