"""What a character, a name or a macro over a letter stands for in a formula."""

import re
import unicodedata

from drillbox.domain.mathtext.symbols import ACCENTS, ALPHABETS, TYPED
from drillbox.domain.mathtext.tree import (
    Accent,
    Node,
    Refused,
    Row,
    Space,
    Symbol,
    Text,
    WideAccent,
)
from drillbox.domain.mathtext.widths import width
from drillbox.words import N_, _


def typed(token: str) -> Symbol | Accent:
    """A character that stands for itself."""
    if token in TYPED:
        return Symbol(*TYPED[token])
    if token.startswith(("__", "[[")):
        return Symbol(token, "gap")
    if token[0].isalpha() and len(token) > 1:
        return _of_several(token)
    if token.isalpha() and _is_plain(token):
        return Symbol(token, "ord")
    said = {
        "~": N_("{sign} cannot be laid out; write \\sim or \\,"),
        "%": N_("{sign} cannot be laid out; write \\%"),
        "#": N_("{sign} cannot be laid out; write \\#"),
    }.get(token, N_("{sign} cannot be laid out"))
    raise Refused(_(said).format(sign=repr(token)))


def _of_several(token: str) -> Symbol | Accent:
    """A word in wide letters, or a letter with its combining marks."""
    letter, marks = token[0], token[1:]
    if not unicodedata.combining(marks[0]):
        return Symbol(token, "word")
    if marks in ACCENTS.values():
        return Accent(letter, marks)
    return Symbol(token, "ord")


def _is_shown(text: str) -> bool:
    """Nothing invisible, and no accent without a letter before it."""
    return text.isprintable() and not unicodedata.combining(text[:1] or "x")


def _is_plain(text: str) -> bool:
    """Nothing invisible, no mark alone, no letter such as ² or ₜ."""
    return text.isprintable() and all(
        unicodedata.category(c) not in ("Lm", "Mc", "Me", "Mn") for c in text
    )


def words(token: str, text: str) -> Node:
    """What \\text{…} holds: a word, a letter, or text with blanks and signs."""
    if not _is_shown(text):
        said = _("{sign}{{…}} with characters that cannot be seen")
        raise Refused(said.format(sign=token))
    if re.fullmatch(r"[^\W_]+", text):
        return Symbol(text, "word" if len(text) > 1 else "ord")
    return Text(text)


def name_of(row: Row) -> str:
    """The row as a name such as `ref` or `log-prob`; "" if it is more than a name."""
    name = ""
    for node in row:
        match node:
            case Space():
                name += " "
            case Symbol(text="−"):
                name += "-"
            case Symbol(text=text, role="ord" | "number" | "word") if text.isalnum():
                name += text
            case _:
                return ""
    return name


def lone_sign_is_ord(row: Row) -> Row:
    """TeX sets a sign that is alone in braces without the blanks of an operator."""
    match row:
        case (Symbol(text=text, role="bin" | "rel" | "punct" | "bar" | "slash"),):
            return (Symbol(text, "ord"),)
    return row


def check_base(base: Node) -> None:
    """Raises Refused if no script can stand on this."""
    match base:
        case Symbol(text=text, role="bin" | "rel" | "punct" | "mid" | "slash"):
            raise Refused(_("a script on {sign}").format(sign=text))
        case Space():
            raise Refused(_("a script that stands on nothing"))


def accented(token: str, row: Row) -> Accent | WideAccent:
    """A letter with a hat or a bar, 𝔼 too; or more than a letter with one over it."""
    mark = ACCENTS[token[1:]]
    match row:
        case (Symbol(text=text, role="ord" | "number" | "prefix"),) if (
            len(text) == 1 and width(text) == 1
        ):
            return Accent(text, mark)
    if all(isinstance(node, Space) for node in row):
        raise Refused(_("{sign} over nothing").format(sign=token))
    return WideAccent(row, mark)


def in_alphabet(token: str, row: Row) -> Row:
    """Letters as \\mathbb, \\mathcal or \\mathbf set them."""
    letters = ALPHABETS[token[1:]]
    name = name_of(row)
    if not name or any(letter not in letters for letter in name):
        sign = f"{token}{{{name or '…'}}}"
        raise Refused(_("{sign} has no characters of its own").format(sign=sign))
    glyphs = "".join(letters[letter] for letter in name)
    return (Symbol(glyphs, "prefix" if glyphs in ("𝔼", "ℙ") else "ord"),)
