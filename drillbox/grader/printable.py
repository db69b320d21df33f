"""Text from a learner's process, made safe to show: no terminal escapes, no tricks."""

import unicodedata

from drillbox.words import _

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def line(text: str, limit: int = 300) -> str:
    """One line: what cannot be seen, or turns the direction of text, is spelled out."""
    shown = "".join(_shown(character) for character in text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def lines(data: bytes, limit: int = 40, width: int = 200) -> list[str]:
    """Printed bytes as lines, the first `limit` of them."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")
    if not text:
        return []
    every = text.split("\n")
    shown = [line(one.replace("\t", "    "), width) for one in every[:limit]]
    more = len(every) - limit
    return [*shown, _("… and {n} more lines").format(n=more)] if more > 0 else shown


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{{{code:x}}}"
