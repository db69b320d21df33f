"""What an exercise's function gives back, as an author writes it.

    returns: tensor                              one result
    returns: {loss: tensor}                      one result with a name
    returns: {tuple: {probs: tensor, log_Z: tensor}}
    returns: {dict: {chosen: tensor, rejected: tensor}}

A kind is one of KINDS, or several of them: `float or none`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from drillbox.words import N_, _

KINDS = {
    "tensor": N_("a torch.Tensor"),
    "array": N_("a numpy.ndarray"),
    "int": N_("an int"),
    "float": N_("a float"),
    "bool": N_("a bool"),
    "none": "None",
}
_OR = " or "  # as an author writes it


@dataclass(frozen=True)
class Returns:
    """container: "" for one result. parts: name and kind of each, in their order."""

    container: Literal["", "tuple", "dict"] = ""
    parts: tuple[tuple[str, str], ...] = (("result", "tensor"),)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the results."""
        return tuple(name for name, _kind in self.parts)

    def words(self, name: str) -> str:
        """What the result `name` must be, in words."""
        first, *others = dict(self.parts)[name].split(_OR)
        said = _(KINDS[first])
        for kind in others:
            said = _("{head} or {last}").format(head=said, last=_(KINDS[kind]))
        return said

    def __str__(self) -> str:
        if not self.container:
            return self.words(self.parts[0][0])
        said = _("a dict of {n}: {names}")
        if self.container == "tuple":
            said = _("a tuple of {n}: {names}")
        return said.format(n=len(self.parts), names=", ".join(self.names))


def parse(value: Any) -> Returns:
    """Read `returns`; ValueError says in a sentence what is wrong."""
    if isinstance(value, str):
        return Returns("", (("result", _kind(value)),))
    if not isinstance(value, Mapping) or len(value) != 1:
        forms = "{name: kind}, {tuple: {…}}", "{dict: {…}}"
        said = _("is none of these: a kind, {forms} or {last}")
        raise ValueError(said.format(forms=forms[0], last=forms[1]))
    ((word, rest),) = value.items()
    if word not in ("tuple", "dict"):
        return Returns("", ((str(word), _kind(rest)),))
    if not isinstance(rest, Mapping) or not rest:
        needs = _("{word} needs its parts: {form}")
        raise ValueError(needs.format(word=word, form="{name: kind, …}"))
    parts = tuple((str(name), _kind(kind)) for name, kind in rest.items())
    return Returns("tuple" if word == "tuple" else "dict", parts)


def _kind(value: Any) -> str:
    for one in value.split(_OR) if isinstance(value, str) else [value]:
        if one not in KINDS:
            none = _("{kind} is no kind; kinds are {kinds}")
            raise ValueError(none.format(kind=repr(one), kinds=", ".join(KINDS)))
    return str(value)
