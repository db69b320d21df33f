"""Signs that a terminal's font may lack, as ASCII; the letters of a formula stay.

Every sign becomes one of the same width, so nothing is laid out anew.
"""

import os
from typing import Literal

from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from drillbox.domain.mathtext.widths import width

Wish = Literal["ascii", "unicode"] | None  # None: as the terminal is
NO_BRAILLE = ("linux",)  # TERM of consoles whose fonts have none
_SIGNS = {
    "│┃║╎┆▏▕": "|",
    "─━═╌┄▁▔": "-",
    "█▉▊▋▌▐▓": "#",
    "▒": "+",
    "░": ":",
    "▂▃▄": "_",
    "▅▆▇": "=",
    "▀": '"',
    "✓": "v",
    "✗×": "x",
    "≈": "~",
    "·…": ".",
    "•›": "*",  # the cursor, which stands beside an arrow on the path
    "→▶⏎": ">",
    "←‹◀": "<",
    "↑▲": "^",
    "↓▼": "v",
    "−–—‐‑": "-",
    "“”„": '"',
    "‘’‚": "'",
}


def _is_wide(code: int) -> bool:
    return width(chr(code)) == 2


def _table() -> dict[int, str]:
    """Sign by sign; of lines, blocks, dots and pictures what has no sign of its own."""
    found = dict.fromkeys(filter(_is_wide, range(0x1F300, 0x1FB00)), "  ")
    found |= dict.fromkeys(range(0x2500, 0x2580), "+")
    found |= dict.fromkeys(range(0x2580, 0x25A0), "#")
    found |= dict.fromkeys(range(0x2800, 0x2900), ".")
    for signs, plain in _SIGNS.items():
        found |= dict.fromkeys(map(ord, signs), plain)
    return {**found, 0x2800: " "}


TABLE = _table()


class Ascii(LineFilter):
    """Paints ASCII in place of signs."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with their text in other signs; colours stay."""
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(TABLE), *segment[1:])
            for segment in segments
        ]


def drawn_in_ascii(app: App[object]) -> bool:
    """Are curves drawn without braille: by the settings, else by the terminal?"""
    wish: Wish = getattr(app, "characters", None)
    return wish == "ascii" or (wish is None and os.environ.get("TERM") in NO_BRAILLE)
