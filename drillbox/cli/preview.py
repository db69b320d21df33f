"""`drillbox preview`: a card, a drop or an exercise as learners will see it."""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from drillbox.errors import AnswerError, ContentError, DrillboxError
from drillbox.words import _

if TYPE_CHECKING:
    from drillbox.domain.course import DropFile, Item
    from drillbox.session import Ask


_INDENT = "  "  # of a formula that has a paragraph of its own


@click.command("preview")
@click.argument("file", type=click.Path())
@click.option("--card", help="Only this card of the file.")
@click.option("--watch", is_flag=True, help="Show it again on every save.")
def command(file: str, card: str | None, watch: bool) -> int:
    """Show what is in FILE as learners will see it: a drop, cards, an exercise.

    Each question comes with what is said to a learner who does not know the answer.
    What is wrong with the file is said first, as `drillbox lint --quick` says it.
    Exit 1 if something is wrong.

    \b
    Examples:
      drillbox preview my-course/drops/01-first.yaml
      drillbox preview my-course/drops/01-first.yaml --card first-choice
      drillbox preview my-card.yaml --watch
      drillbox preview exercises/dpo-loss
    """
    if not watch:
        return _show(file, card)
    with suppress(KeyboardInterrupt):
        _watch(file, card)
    return 0


def _watch(file: str, card: str | None) -> None:
    """Show it on every save, until Ctrl-C; a file half written ends nothing."""
    from drillbox.grader.workfile import POLL_S, Watched

    watched = [Watched(path) for path in _watched(file)]
    while True:
        for one in watched:
            one.taken = one.look()
        click.clear()
        try:
            _show(file, card)
        except DrillboxError as error:
            click.echo(f"drillbox: {error}")
        click.echo("\n" + _("(shown again on every save; Ctrl-C ends)"))
        while not [one for one in watched if one.saved()]:  # every one is looked at
            time.sleep(POLL_S)


def _watched(file: str) -> list[str]:
    """The files that are shown: of an exercise its starter too."""
    folder = file if os.path.isdir(file) else os.path.dirname(file)
    if not os.path.isfile(os.path.join(folder, "exercise.yaml")):
        return [file]
    return [os.path.join(folder, name) for name in ("exercise.yaml", "starter.py")]


def _show(file: str, card: str | None) -> int:
    """Problems, then all that can be shown in spite of them."""
    from drillbox.workbench.lint import examine, kind_of

    kind = kind_of(file)
    if kind == "course":
        whole = _(
            "{file} is a whole course; give one of its files in drops/, or an exercise"
        )
        raise ContentError(whole.format(file=file))
    problems = examine(file, True, click.echo).problems
    for problem in problems:
        click.echo(str(problem))
    if problems:
        click.echo()
    lines = _exercise(file) if kind == "exercise" else _cards(file, kind, card)
    for line in lines:
        click.echo(line)
    return 1 if problems else 0


def _cards(file: str, kind: str, card: str | None) -> Iterator[str]:
    from drillbox.workbench import cardfile

    if kind == "cards":
        items, _problems = cardfile.cards(cardfile.read(file))
    else:
        sheet, items = cardfile.drop(file)
        if sheet.model is not None and card is None:
            yield from _reading(sheet.model)
    yield from _questions(items if card is None else _only(items, card, file))


def _only(items: Sequence["Item"], card: str, file: str) -> list["Item"]:
    from drillbox.library.wording import nearest

    chosen = [item for item in items if card in (item.id, item.card.id)]
    if not chosen:
        near = nearest(card, [item.card.id for item in items])
        said = _("{file} shows no card {card}; look at its `id:`")
        if near:
            said = _("{file} shows no card {card}; did you mean {near}?")
        card = repr(card[:80])
        raise ContentError(said.format(file=file, card=card, near=near))
    return chosen


def _reading(head: "DropFile") -> Iterator[str]:
    yield _("Drop {n}: {title}").format(n=head.drop, title=head.title)
    yield ""
    yield _text(head.reading)
    yield ""


def _questions(items: Sequence["Item"]) -> Iterator[str]:
    """Each as it is asked first; one that cannot be drawn stands among the problems."""
    from drillbox.domain.variant import draw, seed_of
    from drillbox.session import Ask

    for k, item in enumerate(items, 1):
        try:
            variant = draw(item, seed_of("preview", item.id, 0))
            yield from _question(Ask(item, variant, "new", k, len(items)))
        except (ContentError, AnswerError):
            continue


def _question(ask: "Ask") -> list[str]:
    """The question, its hint, and what is said to whoever does not know."""
    from drillbox.domain.answer import mark
    from drillbox.domain.card import RecallCard
    from drillbox.domain.variant import fill
    from drillbox.plain import say
    from drillbox.session import Told, words

    response, card = {"unknown": True}, ask.item.card
    verdict = mark(ask.variant, response)
    told = Told(ask, response, verdict, 0, "drill", None, 0, False, False, "")
    lines = [f"[{ask.item.id}]", *say.ask(ask, _text, say.text)]
    if card.hint:
        hint = _text(fill(card.hint, ask.variant))
        lines += ["", _("Hint: {text}").format(text=hint)]
    headline = _(say.HEADLINE[verdict.outcome])
    lines += ["", headline, *map(_text, words.reasons(told))]
    if isinstance(card, RecallCard):
        lines += [_("A good answer says:"), *(f"  - {_text(p)}" for p in card.rubric)]
    return [*lines, ""]


def _text(markdown: str) -> str:
    """As plain mode prints it, but formulas alone in their paragraph as on a screen."""
    from drillbox.domain.mathtext import picture
    from drillbox.plain.say import text

    width = shutil.get_terminal_size().columns - len(_INDENT)

    def board(source: str) -> str:
        rows = picture(source, width).split("\n")
        return "\n".join((_INDENT + row).rstrip() for row in rows)

    return text(markdown, display=board)


def _exercise(file: str) -> Iterator[str]:
    from drillbox.cli.exercise import heading, hint_line
    from drillbox.domain.mathtext import prose
    from drillbox.grader.exercise import load

    exercise = load(file if os.path.isdir(file) else os.path.dirname(file)).exercise
    if exercise is None:
        return
    head = exercise.head
    yield heading(head.title, head.drop, head.minutes)
    yield f"\n{head.signature}\n\n{prose(head.task)}\n"
    for k, hint in enumerate(head.hints, 1):
        yield hint_line(k, len(head.hints), prose(hint))
    yield "\n" + _("The learner's file:") + f"\n\n{exercise.starter}"
