"""What of a formula is short enough to be read out without saying where it ends."""

from drillbox.domain.mathtext.names import name
from drillbox.domain.mathtext.parts import parts_of
from drillbox.domain.mathtext.tree import Accent, Row, Scripts, Symbol, WideAccent
from drillbox.words import N_, _

_POWERS = {"2": N_("squared"), "3": N_("cubed"), "⊤": N_("transpose")}
_MARKS = {"∗": N_("star"), "⋆": N_("star"), "†": N_("dagger")}


def is_name(row: Row) -> bool:
    """One letter, name or number, with scripts that need no end."""
    match row:
        case (Symbol() | Accent(),):
            return True
        case (WideAccent(body=body),):
            return is_name(body)
        case (Scripts(base=Symbol() | Accent(), below=below, above=above),):
            return is_short(below) and (above is None or power(above) is not None)
    return False


def is_short(row: Row | None) -> bool:
    """A script that follows its base without a word: a name, a letter or a number."""
    match row:
        case None | (Symbol(role="ord" | "number" | "word" | "function"),):
            return True
    return False


def is_list(row: Row) -> bool:
    """Names with a comma or a `given` between them, heard as well without brackets."""
    parts = parts_of(row)
    names, between = parts[::2], parts[1::2]
    return (
        len(parts) % 2 == 1
        and all(is_name((part.node,)) and part.join == "operand" for part in names)
        and all(part.join in ("punct", "mid") for part in between)
    )


def is_mark(row: Row | None) -> bool:
    """Whether what stands above is no power: primes, a star, a dagger."""
    match row:
        case (Symbol(text=text),):
            return text in _MARKS or row == (Symbol("′", "ord"),)
    return False


def power(row: Row) -> str | None:
    """A power that needs no end: squared, prime, to the k, to the minus 1."""
    match row:
        case (Symbol(text=text),) if text in _POWERS:
            return _(_POWERS[text])
        case (Symbol(text=text),) if text in _MARKS:
            return _(_MARKS[text])
        case [*primes] if primes and all(one == Symbol("′", "ord") for one in primes):
            return " ".join([_("prime")] * len(primes))
        case (Symbol(text=text, role="ord" | "number" | "word" | "gap"),):
            return _("to the {power}").format(power=name(text))
        case (Symbol(text="−"), Symbol(text=text, role="number" | "ord")):
            return _("to the minus {power}").format(power=name(text))
    return None
