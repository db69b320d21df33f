"""What both shells say in the same words."""

import re

from drillbox.domain.card import Card
from drillbox.domain.course import Course, Drop, Item, Question, Term
from drillbox.domain.event import ATTEMPT, NOTE, PREDICT, READ, SUSPEND, Event
from drillbox.domain.mathtext import prose
from drillbox.domain.studyday import iso
from drillbox.domain.variant import draw, seed_of
from drillbox.session.steps import Told
from drillbox.words import N_, _, ngettext

# By quality, shown through `_`.
QUALITY = (
    *(N_("blank"), N_("wrong"), N_("close")),
    *(N_("right but hard"), N_("right"), N_("easy")),
)
LEECH = N_("Forgotten again and again: `s` suspends this card, `r` shows its drop.")

# Translators: the kinds of card; a blank page is a formula too.
_KINDS = (
    *(N_("choice"), N_("numeric"), N_("formula"), N_("cloze")),
    *(N_("order"), N_("direction"), N_("spot"), N_("recall")),
)


def kind(card: Card) -> str:
    """The kind of a card, in a word."""
    return _(card.kind)


def back(step: Told) -> str:
    """When the card comes back."""
    if step.ask.cause == "practice":
        return _("practice, nothing moves")
    if step.again:
        return _("it comes again today")
    if step.due is None:
        return _("not scheduled")
    return back_on(step.due, step.today)


def back_on(due: int, today: int) -> str:
    """When an item comes back, seen from the study day `today`."""
    days = due - today
    if days < 1:
        return _("it still waits today")
    if days == 1:
        return _("back tomorrow, on {date}").format(date=iso(due))
    said = ngettext("back in {n} days, on {date}", "back in {n} days, on {date}", days)
    return said.format(n=days, date=iso(due))


def standing(step: Told) -> str:
    """The quality as it stands and the day the card comes back."""
    if step.quality is None:
        grades = ", ".join(f"{q} {_(word)}" for q, word in enumerate(QUALITY))
        hard = [_("It took a hint or long: if right, 3 is proposed.")]
        asked = _("How was it? {grades}.").format(grades=grades)
        again = _("Without a grade it is asked again.")
        return " ".join([asked, *(hard if step.hard else []), again])
    said = _("Quality {quality}, {word}; {back}.")
    word = _(QUALITY[step.quality])
    return said.format(quality=step.quality, word=word, back=back(step))


def reasons(step: Told) -> list[str]:
    """Why, then the answer if it was not given, then the explanation; Markdown.

    Nothing is said twice: for what was not known the explanation is the reason.
    """
    verdict = step.verdict
    said = [*verdict.why]
    if verdict.outcome != "right":
        lines = "\n" if "\n" in verdict.answer else " "
        said.append(f"**{_('Answer:')}**{lines}{verdict.answer}")
    if verdict.explain not in said:
        said.append(verdict.explain)
    return said


def term(one: Term) -> str:
    """A word of the glossary, its symbols and what it means; Markdown. A symbol that
    is written in two ways, `\\beta` and β, is shown once."""
    signs: dict[str, str] = {}
    for sign in one.symbols:
        written = f"${sign}$" if sign.startswith("\\") else sign
        signs.setdefault(prose(written).strip(), written)
    shown = f" ({', '.join(signs.values())})" if signs else ""
    return f"**{one.term}**{shown}: {one.meaning}"


# -- naming a card to a learner, who has never seen its id

_FIRST = 48  # characters of a prompt that are enough to know it by
_LONGEST = 72  # of a prompt whose first word is longer than that
_MARKS = re.compile(r"[*`]+")


def quoted(prompt: str) -> str:
    """The first words of a prompt, between quotation marks."""
    words = _MARKS.sub("", prose(prompt)).split()
    taken = 1
    while taken < len(words) and len(" ".join(words[: taken + 1])) <= _FIRST:
        taken += 1
    more = " …" if taken < len(words) else ""
    return f"“{' '.join(words[:taken])[:_LONGEST]}{more}”"


def card(course: str, item: Item, answers: int) -> str:
    """A card by its first words, as it is asked after this many answers."""
    return quoted(draw(item, seed_of(course, item.id, answers)).prompt)


def treated(question: Question) -> str:
    """Where the path treats a question."""
    numbers = [str(number) for number in question.drops]
    if not numbers:
        return ""
    said = ngettext(
        "Treated in drop {numbers}.", "Treated in drops {numbers}.", len(numbers)
    )
    return said.format(numbers=", ".join(numbers))


def undone(event: Event, course: Course, answers: int) -> str:
    """What was taken back. answers: how many its item has now."""
    drops: dict[str, Drop] = {drop.id: drop for drop in course.drops}
    here = event.course == course.id
    item = course.items.get(event.item) if here else None
    prompt = event.body.get("prompt")
    if here and event.item in drops:
        name = f"“{drops[event.item].title}”"
    elif isinstance(prompt, str):
        name = quoted(prompt)
    else:
        name = card(course.id, item, answers) if item else event.item
    if not here:
        of = _("{name}, of the course {course}")
        name = of.format(name=name, course=event.course)
    given_up = event.kind == ATTEMPT and event.body.get("what") == "give-up"
    said = _GIVING_UP_UNDONE if given_up else _UNDONE.get(event.kind, _ANSWER_UNDONE)
    return _(said).format(name=name)


_ANSWER_UNDONE = N_("undone: the answer to {name}")
_GIVING_UP_UNDONE = N_("undone: giving up {name}")
_UNDONE = {
    READ: N_("undone: the reading of {name}"),
    SUSPEND: N_("undone: the suspension of {name}"),
    ATTEMPT: N_("undone: the attempt at {name}"),
    PREDICT: N_("undone: the prediction for {name}"),
    NOTE: N_("undone: the note on {name}"),
}
