"""Numbers quoted from runs: `{{run:NAME/TYPE/FIELD@KEY=VALUE,…:FORMAT}}`.

    {{run:beta/adamw/kl@beta=0.1}}        the kl of the one adamw record with beta 0.1
    {{run:beta/adamw/kl@beta=0.1:.1f}}    the same, printed 20.6
    {{run:gram/pair/gram.0.1:.0f}}        inside a field: entries count from 0
    {{run:beta/header/settings.sgd_lr}}   the header is a record too

NAME is a file of the course, records/NAME.json. Without a format a whole number and a
text stand as they are, any other number with 4 significant digits. A reference is read
as its value wherever it stands, in an expression too; the cache keeps the reference.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from drillbox.domain.variant import in_argument, together, written
from drillbox.errors import DrillboxError
from drillbox.library.marks import Path
from drillbox.library.wording import listed, nearest
from drillbox.words import N_, _

Record = Mapping[str, Any]

REFERENCE = re.compile(r"\{\{\s*run:([^{}]*)\}\}")
DIGITS = 4
_FORM = N_("write {{run:NAME/TYPE/FIELD@KEY=VALUE:.2f}}")
_PARTS = re.compile(
    r"([a-z0-9-]+)/([a-z_]+)/([A-Za-z0-9_.]+)(?:@([^:]+))?(?::([^:]+))?\s*"
)
_FORMAT = re.compile(r"\+?(?:\.\d{1,2})?[efg%]|d")
_GROUPS = {
    "pairs": "pair",
    "steps": "step",
    "replays": "replay",
}  # of three-pairs; the type is left out


class RecordError(DrillboxError):
    """A reference that names no number. instead: what to write."""

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(f"{what}; {instead}")
        self.what, self.instead = what, instead


class Missed(NamedTuple):
    """A reference that names no number: where in the file, as written, and why."""

    path: Path
    reference: str
    what: str
    instead: str


def folder_of(path: str) -> str:
    """The records of the course that a content file belongs to."""
    here = os.path.dirname(os.path.abspath(path))
    folders = [
        os.path.join(place, "records") for place in (here, os.path.dirname(here))
    ]
    return next((one for one in folders if os.path.isdir(one)), folders[-1])


def resolved(value: Any, folder: str, missed: list[Missed], path: Path = ()) -> Any:
    """What was read, with every reference replaced; one that names nothing is added
    to `missed` and reads as 0."""
    match value:
        case str() if "{{" in value:
            return _filled(value, folder, missed, path)
        case dict():
            parts = value.items()
            return {k: resolved(v, folder, missed, (*path, k)) for k, v in parts}
        case list():
            entries = enumerate(value)
            return [resolved(v, folder, missed, (*path, k)) for k, v in entries]
    return value


def _filled(text: str, folder: str, missed: list[Missed], path: Path) -> str:
    done, end = "", 0
    for match in REFERENCE.finditer(text):
        try:
            shown = quoted(match[1], folder)
        except RecordError as error:
            missed.append(Missed(path, match[0], error.what, error.instead))
            shown = "0"
        done += text[end : match.start()]
        end = match.end()
        # The braces of the reference before this one are gone: they end no argument.
        done += f"{{{shown}}}" if in_argument(done) else shown
    return done + text[end:]


def references(value: Any) -> Iterator[str]:
    """Every reference in what was read, as written between the braces."""
    if isinstance(value, str):
        yield from (match[1] for match in REFERENCE.finditer(value))
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from references(inner)


def quoted(reference: str, folder: str) -> str:
    """The text that a reference stands for. RecordError if it names no number."""
    parts = _PARTS.fullmatch(reference.strip())
    if parts is None:
        what = _("`{reference}` is no path into a record")
        raise RecordError(what.format(reference=reference), _(_FORM))
    name, kind, field, where, form = parts.groups()
    record = _chosen(name, kind, _conditions(where), folder)
    return _printed(_inside(record, field, f"{name}/{kind}"), field, form)


# --- which record --------------------------------------------------------------------


def _conditions(where: str | None) -> dict[str, str]:
    pairs = [part.partition("=") for part in where.split(",")] if where else []
    for key, sign, value in pairs:
        if not (key.strip() and sign and value.strip()):
            what = _("`@{where}` does not choose a record").format(where=where)
            raise RecordError(what, _("write @KEY=VALUE"))
    return {key.strip(): value.strip() for key, _sign, value in pairs}


def _chosen(name: str, kind: str, wanted: Mapping[str, str], folder: str) -> Record:
    every = _records(name, folder)
    kinds = list(dict.fromkeys(record["type"] for record in every))
    of_kind = [record for record in every if record["type"] == kind]
    if not of_kind:
        what = _("the record {name} has no `{kind}`").format(name=name, kind=kind)
        raise RecordError(what, _near(kind, kinds))
    label = f"{name}/{kind}"
    found = [
        record
        for record in of_kind
        if all(_is(_inside(record, k, label), v) for k, v in wanted.items())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        what = _("{n} records of {label} are meant").format(n=len(found), label=label)
        advice = _("choose one with @{field}=…").format(field=_telling(found))
        raise RecordError(what, advice)
    raise RecordError(*_none(of_kind, wanted, label))


def _is(value: Any, text: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return bool(value == float(text))
        except ValueError:
            return False
    return str(value) == text


def _telling(found: list[Record]) -> str:
    """The first field whose values tell these records apart, or nearly."""
    fields = [field for field in found[0] if field != "type"]
    return max(fields, key=lambda f: len({str(one.get(f)) for one in found}))


def _none(
    of_kind: list[Record], wanted: Mapping[str, str], label: str
) -> tuple[str, str]:
    said = together(f"{key} = {value}" for key, value in wanted.items())
    key = next(iter(wanted))
    there = list(dict.fromkeys(str(_inside(one, key, label)) for one in of_kind))
    some = ", ".join(there[:6] + (["…"] if len(there) > 6 else []))
    what = _("no record of {label} has {said}").format(label=label, said=said)
    return what, _("{key} is {some}").format(key=key, some=some)


def _records(name: str, folder: str) -> list[Record]:
    path = os.path.join(folder, f"{name}.json")
    try:
        status = os.stat(path)
    except OSError:
        what = _("there is no record of a run `{name}`").format(name=name)
        raise RecordError(what, _near(name, _names(folder))) from None
    return _read(path, status.st_mtime_ns, status.st_size)


def _names(folder: str) -> list[str]:
    there = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [one.removesuffix(".json") for one in there if one.endswith(".json")]


@lru_cache(maxsize=64)
def _read(path: str, changed_ns: int, size: int) -> list[Record]:
    """The records of a file as it was then, the header first."""
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        grouped = [
            {"type": kind, **one}
            for group, kind in _GROUPS.items()
            for one in document.get(group, ())
        ]
        header = {**document["header"], "type": "header"}
        return [header, *document.get("records", ()), *grouped]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        advice = _("make it again with `drillbox lab run NAME --save FILE`")
        what = _("{path} is no record of a run").format(path=path)
        raise RecordError(what, advice) from None


# --- which number --------------------------------------------------------------------


def _inside(record: Record, field: str, label: str) -> Any:
    value: Any = record
    for part in field.split("."):
        known = _parts_of(value)
        if part not in known:
            what = _("{label} has no `{field}`").format(label=label, field=field)
            raise RecordError(what, _near(part, known))
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def _parts_of(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(k) for k in range(len(value))]
    return [key for key in value if key != "type"] if isinstance(value, dict) else []


def _near(word: str, known: list[str]) -> str:
    near = nearest(word, known)
    if near:
        return _("write `{word}`").format(word=near)
    if not known:
        return _("there is none in it")
    return _("there is {names}").format(names=listed(known))


def _printed(value: Any, field: str, form: str | None) -> str:
    if isinstance(value, list | dict | bool | None):
        many = isinstance(value, list)
        what = _("`{field}` is a list") if many else _("`{field}` is no number")
        advice = _("name what is in it, such as {field}.0")
        raise RecordError(what.format(field=field), advice.format(field=field))
    if form is None:
        return str(value) if isinstance(value, int | str) else written(value, DIGITS)
    form = form.strip()
    whole = isinstance(value, float) and not value.is_integer()
    if isinstance(value, str) or not _FORMAT.fullmatch(form) or (form == "d" and whole):
        what = _("`:{form}` cannot print {value}").format(form=form, value=value)
        raise RecordError(what, _("write one such as :.2f"))
    return format(int(value) if form == "d" else value, form)
