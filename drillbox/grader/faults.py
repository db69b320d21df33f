"""What pydantic found wrong with exercise.yaml, in sentences for authors."""

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from drillbox.words import N_, _

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WANTED: Mapping[str, str] = {
    "string_type": N_("text"),
    "int_type": N_("a whole number"),
    "int_parsing": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "float_type": N_("a number"),
    "float_parsing": N_("a number"),
    "bool_type": N_("true or false"),
    "tuple_type": N_("a list"),
    "model_type": N_("a mapping"),
    "model_attributes_type": N_("a mapping"),
}
_LIMITS: Mapping[str, tuple[str, str]] = {
    "greater_than": ("gt", N_("write a number above {limit}")),
    "greater_than_equal": ("ge", N_("write a number of at least {limit}")),
    "less_than_equal": ("le", N_("write a number of at most {limit}")),
    "too_short": ("min_length", N_("write at least {limit}")),
    "string_too_short": ("min_length", N_("write it")),
    "string_pattern_mismatch": ("pattern", N_("it must match {limit}")),
    "literal_error": ("expected", N_("write {limit}")),
}


def sentence(error: "ErrorDetails", known: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong and what to do about it. known: the fields that there are."""
    code, value = error["type"], error["input"]
    name = str(error["loc"][-1]) if error["loc"] else ""
    if code == "missing":
        return _("is missing"), _("write `{field}: …`").format(field=name)
    if code == "extra_forbidden":
        return _("there is no such field"), _near(name, known)
    if code in _WANTED:
        what = _("is {what}, where {wanted} belongs")
        return what.format(what=_shown(value), wanted=_(_WANTED[code])), ""
    if code in _LIMITS:
        key, instead = _LIMITS[code]
        limit = error["ctx"][key]
        return _("is {what}").format(what=_shown(value)), _(instead).format(limit=limit)
    return error["msg"].removeprefix("Value error, "), ""


def _near(name: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return _("did you mean {near}?").format(near=near[0]) if near else _("remove it")


def _shown(value: Any) -> str:
    if value in (None, ""):
        return _("empty")
    if isinstance(value, Mapping):
        return _("a mapping")
    if isinstance(value, list | tuple):
        return _("a list")
    text = str(value)
    return f"`{text if len(text) <= 40 else f'{text[:37]}…'}`"
