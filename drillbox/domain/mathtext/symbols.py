"""What the names in a formula stand for: LaTeX macro or typed character → glyph, role.

The role says how a symbol joins its neighbours, after TeX's atoms (The TeXbook, 17):

    ord, number, word, gap   something with a value; side by side they multiply
    bar                      an upright bar nobody has made sense of yet
    bin  rel  punct  mid     between two such; `mid` is the bar of "given"
    slash                    division on the line, always tight
    function  big  prefix    before what they act on: log, a sum, a nabla
    post                     after it: a factorial
"""

from typing import Literal

Value = Literal["ord", "number", "word", "gap", "bar"]
Acting = Literal[
    "bin", "rel", "punct", "mid", "slash", "function", "big", "prefix", "post"
]
Role = Value | Acting


def _table(text: str) -> dict[str, str]:
    """`name glyph name glyph …` as a dictionary."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_ORD = _table(
    """alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ
    vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ
    sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    infty ∞ ell ℓ hbar ℏ top ⊤ bot ⊥ emptyset ∅ varnothing ∅ ldots … dots … dotsc …
    cdots ⋯ dotsb ⋯ vdots ⋮ prime ′ star ⋆ dagger † checkmark ✓ dag † square □
    blacksquare ■ % % $ $ # # & & _ _"""
)
_BIN = _table(
    """cdot · times × div ÷ pm ± mp ∓ ast ∗ circ ∘ bullet • odot ⊙ oplus ⊕ otimes ⊗
    cup ∪ cap ∩ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨"""
)
_REL = _table(
    """le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫
    approx ≈ simeq ≃ cong ≅ sim ~ equiv ≡ propto ∝ succ ≻ prec ≺ succeq ⪰ preceq ⪯
    in ∈ ni ∋ notin ∉ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ perp ⊥ coloneqq :=
    to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← leftrightarrow ↔
    mapsto ↦ Rightarrow ⇒ implies ⇒ Longrightarrow ⟹ Leftarrow ⇐ impliedby ⇐
    iff ⇔ Leftrightarrow ⇔ Longleftrightarrow ⟺ uparrow ↑ downarrow ↓ triangleq ≜
    doteq ≐ colon : models ⊨ vdash ⊢"""
)
_MID = _table("mid | parallel ‖")
_BAR = _table("vert | Vert ‖ | ‖")
_BIG = _table("sum ∑ prod ∏ int ∫ bigcup ⋃ bigcap ⋂")
_PREFIX = _table("nabla ∇ partial ∂ forall ∀ exists ∃ neg ¬ lnot ¬")
_FUNCTIONS = (
    "log ln lg exp min max arg sup inf lim limsup liminf sin cos tan sinh cosh tanh "
    "det dim ker deg gcd Pr argmax argmin"
)

MACROS: dict[str, tuple[str, Role]] = {
    **{name: (glyph, "ord") for name, glyph in _ORD.items()},
    **{name: (glyph, "bin") for name, glyph in _BIN.items()},
    **{name: (glyph, "rel") for name, glyph in _REL.items()},
    **{name: (glyph, "mid") for name, glyph in _MID.items()},
    **{name: (glyph, "bar") for name, glyph in _BAR.items()},
    **{name: (glyph, "big") for name, glyph in _BIG.items()},
    **{name: (glyph, "prefix") for name, glyph in _PREFIX.items()},
    **{name: (name, "function") for name in _FUNCTIONS.split()},
    "argmax": ("arg max", "function"),
    "argmin": ("arg min", "function"),
}

# What people type instead of the macro, and the ASCII signs.
TYPED: dict[str, tuple[str, Role]] = {
    **{g: (g, r) for g, r in MACROS.values() if len(g) == 1 and not g.isascii()},
    **dict.fromkeys("-−", ("−", "bin")),
    **{sign: (sign, "rel") for sign in ("=", "<", ">", ":", ":=")},
    **{sign: (sign, "punct") for sign in ",;."},
    **{sign: (sign, "ord") for sign in "?@"},
    "+": ("+", "bin"),
    "*": ("∗", "bin"),
    "∼": ("~", "rel"),
    "∥": ("‖", "mid"),
    "∣": ("|", "mid"),
    "/": ("/", "slash"),
    "|": ("|", "bar"),
    "!": ("!", "post"),
}

SPACES: dict[str, int] = {
    **dict.fromkeys([",", ":", ";", " ", "\n", "thinspace"], 1),
    "quad": 2,
    "qquad": 4,
    "!": 0,
}

OPENERS = {"(": "(", "[": "[", r"\{": "{", r"\lbrace": "{", r"\langle": "⟨"} | {
    r"\lvert": "|",
    r"\lVert": "‖",
    r"\lfloor": "⌊",
    r"\lceil": "⌈",
}
CLOSERS = {")": ")", "]": "]", r"\}": "}", r"\rbrace": "}", r"\rangle": "⟩"} | {
    r"\rvert": "|",
    r"\rVert": "‖",
    r"\rfloor": "⌋",
    r"\rceil": "⌉",
}
# Pairs that are shown alike, so that a formula with both is refused.
TWINS = ((r"\epsilon", r"\varepsilon"), (r"\phi", r"\varphi"))

BARS = {"|": "|", r"\vert": "|", r"\|": "‖", r"\Vert": "‖"}

# Macros that change how a formula looks and not what it says.
_LOOKS = (
    "displaystyle textstyle scriptstyle limits nolimits "
    "big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm"
)
IGNORED = frozenset(rf"\{name}" for name in _LOOKS.split())

ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
}

# Classes of characters. The letters that take two cells and make words: kana, Han and
# Hangul. The marks that stand over or under the letter before them.
WIDE_LETTERS = (
    "々\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
)
MARKS = "\u0300-\u036f\u1ab0-\u1ac0\u1dc0-\u1dff\u20d0-\u20dc"

_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = _CAPITALS.lower()
_DIGITS = "0123456789"


def _run(letters: str, first: int) -> dict[str, str]:
    """`letters` mapped to the characters from code point `first` on."""
    return {letter: chr(first + k) for k, letter in enumerate(letters)}


# The letters Unicode had before its mathematical alphabets stand elsewhere.
ALPHABETS: dict[str, dict[str, str]] = {
    "mathbb": _run(_CAPITALS, 0x1D538)
    | _run(_DIGITS, 0x1D7D8)
    | dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "mathcal": _run(_CAPITALS, 0x1D49C)
    | dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True)),
    "mathbf": _run(_CAPITALS, 0x1D400)
    | _run(_SMALL, 0x1D41A)
    | _run(_DIGITS, 0x1D7CE)
    | _run("αβγδεζηθικλμνξοπρςστυφχψω", 0x1D6C2),
}
ALPHABETS |= dict.fromkeys(("boldsymbol", "bm"), ALPHABETS["mathbf"])

# Unicode has no subscript b c d f g q w y z. Greek ones read badly, and a small l is
# hard to tell from 1: it stays beside the w whose partner it is.
SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW∗′†⋆∘⊤",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ*′†⋆°ᵀ",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip(
        "0123456789+−=()aehijkmnoprstuvx",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₘₙₒₚᵣₛₜᵤᵥₓ",
        strict=True,
    )
)
