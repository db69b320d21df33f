"""What a sign of a formula is called when it is read out."""

import unicodedata

from drillbox.domain.mathtext.symbols import ALPHABETS, MACROS
from drillbox.words import N_, _

# Translators: this and what follows is said of formulas, for a screen reader.
_SAID = {
    "+": N_("plus"),
    "−": N_("minus"),
    "±": N_("plus or minus"),
    "∓": N_("minus or plus"),
    "·": N_("times"),
    "×": N_("times"),
    "∗": N_("times"),
    "÷": N_("divided by"),
    "/": N_("divided by"),
    "∘": N_("after"),
    "=": N_("equals"),
    "≠": N_("not equal to"),
    "<": N_("less than"),
    ">": N_("greater than"),
    "≤": N_("at most"),
    "≥": N_("at least"),
    "≪": N_("much less than"),
    "≫": N_("much greater than"),
    "≈": N_("about"),
    "~": N_("drawn from"),
    "≡": N_("identical to"),
    "∝": N_("proportional to"),
    "≻": N_("preferred to"),
    "≺": N_("less preferred than"),
    "⪰": N_("preferred or equal to"),
    "⪯": N_("at most as preferred as"),
    "∈": N_("in"),
    "∉": N_("not in"),
    "⊂": N_("part of"),
    "⊆": N_("part of or equal to"),
    ":=": N_("defined as"),
    "≜": N_("defined as"),
    ":": N_("such that"),
    ":→": N_("from"),
    "→∞": N_("goes to"),
    "∆": N_("change"),
    "←": N_("set to"),
    "→": N_("to"),
    "⟶": N_("to"),
    "↦": N_("maps to"),
    "⇒": N_("implies"),
    "⟹": N_("implies"),
    "⇔": N_("if and only if"),
    "⟺": N_("if and only if"),
    "|": N_("given"),
    "‖": N_("relative to"),
    "∑": N_("sum"),
    "∏": N_("product"),
    "∫": N_("integral"),
    "∇": N_("gradient"),
    "∂": N_("partial"),
    "∀": N_("for all"),
    "∃": N_("there is"),
    "¬": N_("not"),
    "∞": N_("infinity"),
    "…": N_("and so on"),
    "⋯": N_("and so on"),
    "′": N_("prime"),
    "⋆": N_("star"),
    "⊤": N_("top"),
    "⊥": N_("bottom"),
    "∅": N_("empty set"),
    "ℓ": N_("ell"),
    "!": N_("factorial"),
    "%": N_("percent"),
    "log": N_("log"),
    "exp": N_("exp"),
    "ln": N_("natural log"),
    "max": N_("maximum"),
    "min": N_("minimum"),
    "arg max": N_("argument of the maximum"),
    "arg min": N_("argument of the minimum"),
    "lim": N_("limit"),
    "limsup": N_("limit superior"),
    "liminf": N_("limit inferior"),
    "sup": N_("supremum"),
    "inf": N_("infimum"),
    "arg": N_("argument of the"),
    "𝔼": N_("expectation"),
    "ℙ": N_("probability"),
    "𝔻": N_("D"),
    "𝟙": N_("indicator"),
    ".": N_("dot"),
}
_KINDS = {
    "mathbb": N_("blackboard {letters}"),
    "mathcal": N_("script {letters}"),
    "mathbf": N_("bold {letters}"),
}
# The letters of those alphabets, each with what it is: 𝒟 is `script D`.
_STYLED = {
    glyph: (kind, letter)
    for alphabet, kind in _KINDS.items()
    for letter, glyph in ALPHABETS[alphabet].items()
}
_WRITTEN = ("LATIN", "CYRILLIC", "CJK", "HANGUL", "HIRAGANA", "KATAKANA")
_MACROS = {glyph: macro for macro, (glyph, _role) in reversed(MACROS.items())}


def name(text: str) -> str:
    """The words for a sign, a letter, a number or a name."""
    if text in _SAID:
        return _(_SAID[text])
    if set(text) == {"_"} or text.startswith("[["):
        return " ".join([_("blank"), text.strip("[]_")]).strip()
    if text[:1] in _STYLED:
        kind = _STYLED[text[0]][0]
        letters = "".join(_STYLED[letter][1] for letter in text)
        return _(kind).format(letters=letters)
    return text if len(text) > 1 else _letter(text)


def _letter(letter: str) -> str:
    """A letter or a sign that has no word of its own: after its macro, or Unicode."""
    capital = _("capital {letter}")
    if letter.isascii():
        return capital.format(letter=letter) if letter.isupper() else letter
    macro = _MACROS.get(letter, "")
    if letter.isalpha() and macro:
        return capital.format(letter=macro.lower()) if letter.isupper() else macro
    called = unicodedata.name(letter, letter)
    if called.startswith(_WRITTEN):  # a voice that knows the language knows it
        return capital.format(letter=letter) if letter.isupper() else letter
    return called.lower()
