"""What must hold between the files of a course, for it to be usable."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from drillbox.domain.course import CourseFile, Misconception
from drillbox.errors import Problem
from drillbox.library.marks import Path
from drillbox.library.sheet import Sheet
from drillbox.words import N_, _


@dataclass(frozen=True)
class Sheets:
    """The files of a course, as read."""

    directory: str
    named: dict[str, Sheet]  # course.yaml and its neighbours, by name
    drops: Sequence[Sheet]

    def model(self, name: str) -> Any:
        """What a file holds; None if it is not there or cannot be used."""
        return self.named[name].model if name in self.named else None


@dataclass(frozen=True, slots=True)
class _Claim:
    """Something that has an id, and where it was given."""

    kind: str  # card, drop, exercise or run
    id: str
    sheet: Sheet
    path: Path


def across(sheets: Sheets) -> Iterator[Problem]:
    """Every problem that no file has alone."""
    yield from _numbers(sheets)
    yield from _phases(sheets)
    ids = [name for sheet in sheets.drops for name in _ids_of(sheet)]
    live = set(ids)
    if len(live) < len(ids):  # which ones, and where, only if there are any
        yield from _clashes(sheets)
    yield from _renamed(sheets, live)
    yield from _misconceptions(sheets)


def field_of(sheet: Sheet, name: str) -> Any:
    """A field of a drop; also of one whose form is wrong elsewhere."""
    if sheet.model is not None:
        return getattr(sheet.model, name)
    return sheet.raw.get(name) if isinstance(sheet.raw, dict) else None


# --- drops ---------------------------------------------------------------------------


def _numbers(sheets: Sheets) -> Iterator[Problem]:
    first: dict[int, Sheet] = {}
    for sheet in sheets.drops:
        number = field_of(sheet, "drop")
        if type(number) is not int or number < 1:
            continue
        named = int(os.path.basename(sheet.name).split("-")[0])
        if number != named:
            what = _("is {number}, and the name of the file says {named}").format(
                number=number, named=named
            )
            yield sheet.problem(("drop",), what, _("make the two agree"))
        if number in first:
            what = _("there is a drop {number} already, {path}").format(
                number=number, path=first[number].path
            )
            yield sheet.problem(
                ("drop",), what, _("give each drop a number of its own")
            )
        first.setdefault(number, sheet)
    for number in sorted(set(range(1, max(first, default=0))) - set(first))[:10]:
        what = _("there is no drop {number}, and there are later ones").format(
            number=number
        )
        advice = _(
            "write drops/{number:02}-….yaml, or number the drops without a gap"
        ).format(number=number)
        place = os.path.join(sheets.directory, "drops")
        yield Problem(place, 1, 1, "drop", what, advice)


def _phases(sheets: Sheets) -> Iterator[Problem]:
    head: CourseFile | None = sheets.model("course.yaml")
    for sheet in sheets.drops if head else ():
        phase = field_of(sheet, "phase")
        if head and type(phase) is int and phase > len(head.phases):
            what = _("there is no phase {phase}").format(phase=phase)
            advice = _("write one from 1 to {last}, as in course.yaml").format(
                last=len(head.phases)
            )
            yield sheet.problem(("phase",), what, advice)


# --- ids -----------------------------------------------------------------------------


def _ids_of(sheet: Sheet) -> list[str]:
    """Every id that a drop gives or names."""
    named = [field_of(sheet, "exercises"), field_of(sheet, "runs")]
    ids = _strings([field_of(sheet, "id")])
    ids += [name for names in named for name in _strings(names)]
    return ids + [name for _, name in _cards(sheet)]


def _cards(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The ids of the cards, also of those whose form is wrong elsewhere."""
    if sheet.model is not None:
        yield from [(k, card.id) for k, card in sheet.cards]
        return
    cards = field_of(sheet, "cards")
    for k, card in enumerate(cards if isinstance(cards, list) else ()):
        if isinstance(card, dict) and isinstance(card.get("id"), str):
            yield k, card["id"]


def _claims(sheet: Sheet) -> Iterator[_Claim]:
    for own in _strings([field_of(sheet, "id")]):
        yield _Claim("drop", own, sheet, ("id",))
    for field in ("exercises", "runs"):
        for k, name in enumerate(_strings(field_of(sheet, field))):
            yield _Claim(field[:-1], name, sheet, (field, k))
    for k, name in _cards(sheet):
        yield _Claim("card", name, sheet, ("cards", k, "id"))


def _strings(value: Any) -> list[str]:
    entries = value if isinstance(value, list | tuple) else ()
    return [entry for entry in entries if isinstance(entry, str)]


def _clashes(sheets: Sheets) -> Iterator[Problem]:
    first: dict[str, list[_Claim]] = {}
    for claim in (claim for sheet in sheets.drops for claim in _claims(sheet)):
        earlier = first.setdefault(claim.id, [])
        clash = next((other for other in earlier if _clash(claim, other)), None)
        if clash:
            line = clash.sheet.document.place(clash.path)[0]
            what = _(_TAKEN[clash.kind]).format(
                id=claim.id, where=f"{clash.sheet.path}:{line}"
            )
            advice = _("give it another; ids are one space in a course")
            yield claim.sheet.problem(claim.path, what, advice)
        earlier.append(claim)


_TAKEN = {
    "card": N_("`{id}` is the id of a card already, {where}"),
    "drop": N_("`{id}` is the id of a drop already, {where}"),
    "exercise": N_("`{id}` is the id of an exercise already, {where}"),
    "run": N_("`{id}` is the id of a run already, {where}"),
}


def _clash(one: _Claim, other: _Claim) -> bool:
    """An exercise may share its id with the run that belongs to it."""
    return {one.kind, other.kind} != {"exercise", "run"}


def _renamed(sheets: Sheets, live: set[str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for sheet in sheets.drops:
        for k, card in sheet.cards:
            for j, old in enumerate(card.was):
                path: Path = ("cards", k, "was", j)
                if old in live:
                    what = _(
                        "`{old}` is the id of something that is still there"
                    ).format(old=old)
                    yield sheet.problem(path, what, _("name only ids that are gone"))
                elif old in first:
                    what = _("`{first}` says that it was `{old}` too").format(
                        first=first[old], old=old
                    )
                    yield sheet.problem(path, what, _("let only one card take it over"))
                first.setdefault(old, card.id)


def _misconceptions(sheets: Sheets) -> Iterator[Problem]:
    found: Sequence[Misconception] = sheets.model("misconceptions.yaml") or ()
    seen = set()
    for k, misconception in enumerate(found):
        if misconception.id in seen:
            what = _("`{id}` stands above already").format(id=misconception.id)
            sheet = sheets.named["misconceptions.yaml"]
            yield sheet.problem((k, "id"), what, _("keep one of the two"))
        seen.add(misconception.id)
