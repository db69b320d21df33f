"""What a sign of a formula is called when it is read out."""

import unicodedata

from drillbox.domain.mathtext.symbols import ALPHABETS, MACROS

_SAID = {
    "+": "plus",
    "−": "minus",
    "±": "plus or minus",
    "∓": "minus or plus",
    "·": "times",
    "×": "times",
    "∗": "times",
    "÷": "divided by",
    "/": "divided by",
    "∘": "after",
    "=": "equals",
    "≠": "not equal to",
    "<": "less than",
    ">": "greater than",
    "≤": "at most",
    "≥": "at least",
    "≪": "much less than",
    "≫": "much greater than",
    "≈": "about",
    "~": "drawn from",
    "≡": "identical to",
    "∝": "proportional to",
    "≻": "preferred to",
    "≺": "less preferred than",
    "⪰": "preferred or equal to",
    "⪯": "at most as preferred as",
    "∈": "in",
    "∉": "not in",
    "⊂": "part of",
    "⊆": "part of or equal to",
    ":=": "defined as",
    "≜": "defined as",
    ":": "such that",
    "←": "set to",
    "→": "to",
    "⟶": "to",
    "↦": "maps to",
    "⇒": "implies",
    "⟹": "implies",
    "⇔": "if and only if",
    "⟺": "if and only if",
    "|": "given",
    "‖": "relative to",
    "∑": "sum",
    "∏": "product",
    "∫": "integral",
    "∇": "gradient",
    "∂": "partial",
    "∀": "for all",
    "∃": "there is",
    "¬": "not",
    "∞": "infinity",
    "…": "and so on",
    "⋯": "and so on",
    "′": "prime",
    "⋆": "star",
    "⊤": "top",
    "⊥": "bottom",
    "∅": "empty set",
    "ℓ": "ell",
    "!": "factorial",
    "%": "percent",
    "log": "log",
    "exp": "exp",
    "ln": "natural log",
    "max": "maximum",
    "min": "minimum",
    "arg max": "argument of the maximum",
    "arg min": "argument of the minimum",
    "lim": "limit",
    "sup": "supremum",
    "inf": "infimum",
    "arg": "argument of the",
    "𝔼": "expectation",
    "ℙ": "probability",
    "𝟙": "indicator",
    ".": "dot",
}
_KINDS = {"mathbb": "blackboard", "mathcal": "script", "mathbf": "bold"}
# The letters of those alphabets, each with what it is: 𝒟 is `script D`.
_STYLED = {
    glyph: (kind, letter)
    for alphabet, kind in _KINDS.items()
    for letter, glyph in ALPHABETS[alphabet].items()
}
_MACROS = {glyph: macro for macro, (glyph, _) in reversed(MACROS.items())}


def name(text: str) -> str:
    """The words for a sign, a letter, a number or a name."""
    if text in _SAID:
        return _SAID[text]
    if set(text) == {"_"} or text.startswith("[["):
        return " ".join(["blank", text.strip("[]_")]).strip()
    if text[:1] in _STYLED:
        kind = _STYLED[text[0]][0]
        return f"{kind} {''.join(_STYLED[letter][1] for letter in text)}"
    return text if len(text) > 1 else _letter(text)


def _letter(letter: str) -> str:
    """A letter or a sign that has no word of its own: after its macro, or Unicode."""
    if letter.isascii():
        return f"capital {letter}" if letter.isupper() else letter
    macro = _MACROS.get(letter, "")
    if letter.isalpha() and macro:
        return f"capital {macro.lower()}" if letter.isupper() else macro
    return unicodedata.name(letter, letter).lower()
