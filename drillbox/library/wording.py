"""What pydantic found wrong, in sentences for authors, with the place and the way out.

`problems_of` walks each error's location through document and models at once: a
location also names the member of a union (the kind of a card), which no author wrote.
"""

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from drillbox.domain.card import KINDS
from drillbox.domain.settings import LANGUAGE
from drillbox.errors import Problem
from drillbox.library.marks import Path
from drillbox.library.yaml12 import Document
from drillbox.words import N_, _, ngettext

_ID = "^[a-z0-9][a-z0-9-]*$"
# What authors of other quiz programs write.
_ELSEWHERE: Mapping[str, str] = {
    "correct": "right",
    "question": "prompt",
    "text": "prompt",
    "explanation": "explain",
    "type": "kind",
    "choices": "options",
    "answers": "options",
    "because": "why",
    "reason": "why",
    "variables": "vars",
    "name": "title",
}


class Fault(NamedTuple):
    """An error of pydantic whose place in the document is known."""

    path: Path
    code: str  # pydantic's name for it
    value: Any
    limits: Mapping[str, Any]
    models: Sequence[type[BaseModel]]  # what may stand around it
    at_name: bool


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that this one was probably meant to be."""
    lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), lower, 1, 0.65)
    return lower[near[0]] if near else None


def listed(words: Sequence[str]) -> str:
    """`a, b or c`."""
    head, last = ", ".join(words[:-1]), words[-1]
    return _("{head} or {last}").format(head=head, last=last) if head else last


def problems_of(
    error: ValidationError, model: Any, document: Document
) -> Iterator[Problem]:
    """Every problem of a document that is no `model` (a type, as annotated)."""
    seen = set()
    for fault in faults_of(error, model, document.value):
        what, instead = _sentence(fault)
        if what and (fault.path, what) not in seen:
            seen.add((fault.path, what))
            yield document.problem(fault.path, what, instead, fault.at_name)


# --- where ---------------------------------------------------------------------------


def faults_of(error: ValidationError, model: Any, value: Any) -> Iterator[Fault]:
    """Every error of pydantic about `value`, which is no `model`, at its place."""
    for found in error.errors(include_url=False):
        code, given, limits = found["type"], found["input"], found.get("ctx", {})
        if code == "int_type" and found["loc"][-1] == "int":
            continue  # of `int | float`; the error about the float says it all
        place = _follow(found["loc"], model, value)
        path = place.path
        if place.foreign:
            code = "" if isinstance(place.value, dict | list) else "neither"
        if code in ("union_tag_invalid", "union_tag_not_found"):
            path, given = (*path, "kind"), given.get("kind")
        if code == "missing" and isinstance(path[-1], int):
            code, limits = "too_short", {"min_length": path[-1] + 1}
            path, given = path[:-1], place.around
        at_name = place.at_name or code == "extra_forbidden"
        yield Fault(path, code, given, limits, place.models, at_name)


class _Place(NamedTuple):
    """Where an error is. value, around: what stands there, and what around it.

    foreign: the error is about the member of a union that the author did not mean.
    """

    path: Path
    value: Any
    around: Any
    models: Sequence[type[BaseModel]]
    at_name: bool
    foreign: bool


def _follow(location: Sequence[int | str], model: Any, value: Any) -> _Place:
    path: list[int | str] = []
    around, models, foreign = None, list[type[BaseModel]](), False
    for part in location:
        if part == "[key]":
            return _Place(tuple(path), value, around, models, True, foreign)
        members = _members(model)
        if len(members) > 1:
            foreign = foreign or _is_foreign(part, value)
            model = _member(members, str(part))
            continue
        models, model = _models(model), _inside(members[0], part)
        around, value = value, _at(value, part)
        path.append(part)
    return _Place(tuple(path), value, around, models, False, foreign)


def _at(value: Any, part: int | str) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None  # what is missing


def _members(model: Any) -> list[Any]:
    """The members of a union but None, else the type itself; nothing annotated."""
    origin = get_origin(model)
    if origin is Annotated:
        return _members(get_args(model)[0])
    if origin in (Union, types.UnionType):
        parts = [part for part in get_args(model) if part is not types.NoneType]
        return [member for part in parts for member in _members(part)]
    return [model]


def _models(model: Any) -> list[type[BaseModel]]:
    members = _members(model)
    return [m for m in members if isinstance(m, type) and issubclass(m, BaseModel)]


def _inside(model: Any, part: int | str) -> Any:
    """The type at one step inside a list, a mapping or a model."""
    if get_origin(model) in (tuple, dict):
        return get_args(model)[get_origin(model) is dict]
    for one in _models(model):
        if part in one.model_fields:
            return one.model_fields[str(part)].annotation
    return object  # a field that there is not


def _member(members: Sequence[Any], tag: str) -> Any:
    """The member of a union that pydantic calls `tag`."""
    for member in members:
        if get_origin(member) is tuple and tag.startswith("tuple["):
            return member
        if _models(member) and tag in (member.__name__, _kind(member)):
            return member
    return object


def _is_foreign(tag: int | str, value: Any) -> bool:
    if tag == "Range":
        return not isinstance(value, dict)
    return str(tag).startswith("tuple[") and not isinstance(value, list)


def _kind(model: type[BaseModel]) -> str:
    field = model.model_fields.get("kind")
    return str(get_args(field.annotation)[0]) if field else ""


# --- what ----------------------------------------------------------------------------


def _sentence(fault: Fault) -> tuple[str, str]:
    """What is wrong and what to write instead; nothing for an echo of another error."""
    if fault.code in _TYPES:
        wanted, instead = map(_, _TYPES[fault.code])
        if fault.value is None:
            advice = _(_WRITE) if _may_be_missing(fault) else instead
            return _("is empty, where {wanted} belongs").format(wanted=wanted), advice
        what = _("is {what}, where {wanted} belongs")
        return what.format(what=_shown(fault.value), wanted=wanted), instead
    if fault.code in _LIMITS:
        key, instead = _LIMITS[fault.code]
        return _is(fault), _(instead).format(limit=_number(fault.limits[key]))
    maker = _OTHERS.get(fault.code)
    return maker(fault) if maker else ("", "")


def _is(fault: Fault) -> str:
    return _("is {what}").format(what=_shown(fault.value))


_WRITE = N_("write it, or leave the field out if it may be missing")
_TYPES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type"),
        (N_("a mapping"), N_("write each field as `name: value`, indented under it")),
    ),
    "tuple_type": (
        N_("a list"),
        N_("write each entry after `- `, or all between [ and ]"),
    ),
    "string_type": (N_("text"), N_("write it in quotes")),
    "int_type": (N_("a whole number"), N_("write one such as 3, without quotes")),
    "int_from_float": (N_("a whole number"), N_("write one such as 3")),
    "float_type": (N_("a number"), N_("write one such as 0.5, without quotes")),
    "bool_type": (N_("true or false"), N_("write true or false, without quotes")),
    "neither": (
        N_("a range or a list"),
        N_("write {low: 1, high: 5, step: 1} or [1, 2, 5]"),
    ),
}
_LIMITS: Mapping[str, tuple[str, str]] = {
    "greater_than": ("gt", N_("write a number above {limit}")),
    "greater_than_equal": ("ge", N_("write a number of at least {limit}")),
    "less_than": ("lt", N_("write a number below {limit}")),
    "less_than_equal": ("le", N_("write a number of at most {limit}")),
}


def _shown(value: Any) -> str:
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return _("the number {number}").format(number=_number(value))
        case str():
            text = _quoted(value)
            return _("the text {text}").format(text=text) if value else text
        case list():
            return _("a list")
    return _("a mapping")


def _quoted(text: str) -> str:
    """A text in backticks, on one line, its beginning if it is long."""
    short = text if len(text) <= 40 else f"{text[:37]}…"
    return f"`{' '.join(short.split())}`" if text else _("empty text")


def _number(value: Any) -> str:
    text = repr(value).removesuffix(".0")
    return text if len(text) <= 40 else f"{text[:37]}…"


def _missing(fault: Fault) -> tuple[str, str]:
    return _("is missing"), _("write `{field}: …`").format(field=fault.path[-1])


def _extra(fault: Fault) -> tuple[str, str]:
    if not fault.models:
        return _("there is no such field"), _("leave it out")
    model, word = fault.models[0], meant(fault)
    if word:
        return _without(model), _("write `{word}`").format(word=word)
    fields = listed(list(model.model_fields))
    return _without(model), _("the fields are {fields}").format(fields=fields)


def meant(fault: Fault) -> str | None:
    """The field that was probably meant by one that there is not."""
    name, known = str(fault.path[-1]), list(fault.models[0].model_fields)
    foreign = {word: ours for word, ours in _ELSEWHERE.items() if ours in known}
    return nearest(name, known) or foreign.get(nearest(name, [*foreign]) or "")


def _without(model: type[BaseModel]) -> str:
    words = re.findall("[A-Z][a-z]*", model.__name__)
    name = " ".join(words).lower()
    said = _("a {thing} has no such field")
    if name.endswith("s"):
        said = _("{thing} have no such field")
    elif name[0] in "aeiou":
        said = _("an {thing} has no such field")
    return said.format(thing=name)


def _no_kind(fault: Fault) -> tuple[str, str]:
    return _("is missing"), _("write one of {kinds}").format(kinds=listed(KINDS))


def _unknown_kind(fault: Fault) -> tuple[str, str]:
    what = _("there is no kind `{kind}` of card").format(kind=fault.value)
    return _unknown(fault, what, KINDS)


def _unknown_word(fault: Fault) -> tuple[str, str]:
    known = re.findall("'([^']*)'", str(fault.limits["expected"]))
    return _unknown(fault, _is(fault), known)


def _unknown(fault: Fault, what: str, known: Sequence[str]) -> tuple[str, str]:
    near = nearest(str(fault.value), known)
    if near:
        return what, _("write `{word}`").format(word=near)
    return what, _("write {words}").format(words=listed(known))


def _no_text(fault: Fault) -> tuple[str, str]:
    return _("is empty"), _(_WRITE) if _may_be_missing(fault) else _("write it")


def _may_be_missing(fault: Fault) -> bool:
    name = str(fault.path[-1]) if fault.path else ""
    field = fault.models[0].model_fields.get(name) if fault.models else None
    return field is not None and not field.is_required()


def _long_text(fault: Fault) -> tuple[str, str]:
    n = len(fault.value)
    what = ngettext("has {n} character", "has {n} characters", n).format(n=n)
    return what, _at_most(fault)


def _at_most(fault: Fault) -> str:
    return _("write at most {limit}").format(limit=fault.limits["max_length"])


def _no_pattern(fault: Fault) -> tuple[str, str]:
    what = _("{text} is no name")
    advice = _("write a letter, then letters, digits and _")
    if fault.limits["pattern"] == _ID:
        what = _("{text} is no id")
        advice = _("write small letters, digits and hyphens")
    if fault.limits["pattern"] == LANGUAGE:
        what = _("{text} is no language")
        advice = _("write its code, such as de or pt_BR")
    return what.format(text=_quoted(fault.value)), advice


def _too_few(fault: Fault) -> tuple[str, str]:
    """Pydantic does not count the entries that are wrong themselves; authors do."""
    least, count = fault.limits["min_length"], len(fault.value)
    if count >= least:
        return "", ""
    return _entries(count), _("write at least {limit}").format(limit=least)


def _too_many(fault: Fault) -> tuple[str, str]:
    return _entries(len(fault.value)), _at_most(fault)


def _entries(count: int) -> str:
    if count == 0:
        return _("has no entries")
    return ngettext("has {n} entry", "has {n} entries", count).format(n=count)


_OTHERS = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _unknown_kind,
    "literal_error": _unknown_word,
    "string_too_short": _no_text,
    "string_too_long": _long_text,
    "string_pattern_mismatch": _no_pattern,
    "too_short": _too_few,
    "too_long": _too_many,
}
