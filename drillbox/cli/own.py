"""`drillbox lab own`, `hunt`, `pick` and `checkpoints`: pairs that no course chose."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext

import click

from drillbox.cli.asking import indented, keep
from drillbox.domain.event import PREDICT, Draft
from drillbox.lab import checkpoints, document, hunt, own
from drillbox.lab.model import Model, named
from drillbox.lab.own import PARTS, Told
from drillbox.lab.recipe import Pair
from drillbox.lab.run import (
    CHECKPOINT,
    DEVICES,
    LabError,
    Record,
    StoppedError,
    worker_of,
)
from drillbox.lab.summary import summary
from drillbox.lab.three_pairs import THREE_PAIRS
from drillbox.lab.vocabulary import completions
from drillbox.words import N_, _, ngettext

SEEDS = range(1, 11)
MODEL_HELP = N_("characters, or a local Hugging Face directory.")
OTHER_MODEL = N_(
    "Of three-pairs and gram: characters, or a local Hugging Face directory."
)
HOW = {
    "words": N_("Words of the model, with spaces between all of them; Tab completes."),
    "characters": N_("Small letters, spaces and the signs . , : ?"),
    "directory": N_("Any text. An answer is joined to its prompt as you type it."),
}
_PARTS = (N_("prompt"), N_("chosen"), N_("rejected"))  # as own.PARTS has them


@click.command("own")
@click.argument("file", required=False, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--device", type=click.Choice(DEVICES), default="auto", show_default=True)
@click.option("--target", type=float, default=own.TARGET, show_default=True)
@click.option("--model", "name", help=MODEL_HELP)
def own_pairs(
    file: str | None, as_json: bool, device: str, target: float, name: str | None
) -> None:
    """Run pairs of your own: from FILE, or typed at the terminal.

    A line of FILE is {"prompt": "…", "chosen": "…", "rejected": "…"}. The words are
    those of the model, with spaces between all of them; Tab completes. --model
    characters takes any text of small letters; --model DIR any text, joined to its
    prompt as it is written, and lists of {"role": …, "content": …} too. The step size
    of each pair is such that the first step widens log π(chosen) − log π(rejected) by
    --target nats.

    \b
    Examples:
      drillbox lab own
      drillbox lab own pairs.jsonl --json
      drillbox lab own --model characters
      drillbox lab own chats.jsonl --model ~/models/my-model
    """
    if not 0 < target <= 1:
        said = _("the target is {n}; write nats above 0, at most 1")
        raise LabError(said.format(n=f"{target:g}"))
    model = named(name)
    with _stopping():
        pairs = own.read(file, model) if file is not None else [_typed(1, model)]
    streaming = own.start(pairs, device=device, target=target, model=model)
    with closing(streaming) as streamed:
        records = list(_echoed(streamed, as_json))
    if as_json:
        click.echo(json.dumps(summary(records), ensure_ascii=False))
        return
    for told in own.told(records):
        click.echo("\n".join(("", *told_lines(told))))


@click.command("hunt")
@click.option("--model", "name", help=MODEL_HELP)
def hunt_pair(name: str | None) -> None:
    """Find a pair whose log-probs both go down, within three tries.

    \b
    Examples:
      drillbox lab hunt
      drillbox lab hunt --model characters
    """
    model = named(name)
    click.echo("\n".join(indented(_(hunt.TEXT))))
    tries: list[Told] = []
    while len(tries) < hunt.TRIES and not (tries and hunt.won(tries[-1])):
        trying = _("Try {n} of {total}")
        click.echo("\n" + trying.format(n=len(tries) + 1, total=hunt.TRIES))
        tries.append(_tried(len(tries) + 1, model))
        click.echo("\n".join(told_lines(tries[-1])))
        if not hunt.won(tries[-1]) and len(tries) < hunt.TRIES:
            click.echo("\n".join(indented(f"{hunt.hint(tries[-1])}.")))
    kept = hunt.body(tries, model.name)
    keep(Draft(PREDICT, THREE_PAIRS.course, THREE_PAIRS.id, body=kept))
    click.echo("\n".join(("", *_ended(tries, model))))


def _tried(number: int, model: Model) -> Told:
    with closing(worker_of()) as warm, _stopping():
        warm.start()  # it imports while the learner types
        pair = _typed(number, model, hunt.check)
        streaming = own.start([pair], steps=1, warm=warm, model=model)
        with closing(streaming) as streamed:
            (told,) = own.told(list(streamed))
    return told


def _ended(tries: Sequence[Told], model: Model) -> list[str]:
    if hunt.won(tries[-1]):
        n = len(tries)
        return [ngettext("Found in {n} try.", "Found in {n} tries.", n).format(n=n)]
    if model.name:
        pick = _("Not found. drillbox lab pick --model {name} searches for some.")
        return [pick.format(name=model.name)]
    share = hunt.share()
    said = ngettext(
        "Not found. {found} of {n} template pairs do it on this checkpoint:",
        "Not found. {found} of {n} template pairs do it on this checkpoint:",
        share["pairs"],
    )
    lines = [said.format(found=share["down_down"], n=share["pairs"])]
    for one in hunt.shown():
        lines.append(f"   {one['prompt']}  {_before(one)}")
    return lines


def _before(one: Record) -> str:
    said = _("{chosen}  before  {rejected}")
    return said.format(chosen=one["chosen"], rejected=one["rejected"])


@click.command("pick")
@click.argument("checkpoint", required=False, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--model", "name", help=MODEL_HELP)
def pick(checkpoint: str | None, as_json: bool, name: str | None) -> None:
    """Search a checkpoint for pairs that go each way: A, B and the bonus anew.

    CHECKPOINT is a file of python -m drillbox.reference.make_tiny; without one the
    shipped model is searched. About 10 seconds; a larger model takes longer, four
    passes for each of 736 pairs.

    \b
    Examples:
      drillbox lab pick
      drillbox lab pick tiny-7.safetensors --json
      drillbox lab pick --model characters
    """
    if name is not None and checkpoint is not None:
        raise LabError(_("name a CHECKPOINT or a --model, one of both"))
    found = (
        checkpoints.picked(THREE_PAIRS, checkpoint or CHECKPOINT)
        if name is None
        else checkpoints.picked_on(THREE_PAIRS, named(name))
    )
    for record in found:
        line = json.dumps(record, ensure_ascii=False) if as_json else _picked(record)
        click.echo(line)


def _picked(record: Record) -> str:
    if record["type"] == "family":
        ways = ("up_down", "down_down", "up_up", "flat")
        counts = ", ".join(f"{way.replace('_', '/')} {record[way]}" for way in ways)
        # Translators: {n} comes with spaces before it, so that lines align.
        said = ngettext("{n} pairs: {counts}", "{n} pairs: {counts}", record["pairs"])
        told = said.format(n=f"{record['pairs']:4}", counts=counts)
        return f"{record['family']:10} {told}"
    moves = " ".join(f"{move:+.4f}" for move in record["first_order"])
    first = _("to first order {moves} nats").format(moves=moves)
    head = f"{record['role']} {record['rank']}: {record['prompt']}"
    return f"{head}\n   {_before(record)}\n   {first}"


@click.command("checkpoints")
@click.option("--seeds", type=click.IntRange(1, 100), default=len(SEEDS))
@click.option("--save", "file", type=click.Path(dir_okay=False), help="The record.")
def retrained(seeds: int, file: str | None) -> None:
    """Re-train the tiny model and count which way the pairs go; half a minute each.

    \b
    Example:
      drillbox lab checkpoints --save content/dpo/records/checkpoints.json
    """
    records = [checkpoints.header(THREE_PAIRS)]
    records += checkpoints.picked(THREE_PAIRS, CHECKPOINT)
    for record in checkpoints.retrained(THREE_PAIRS, range(1, seeds + 1)):
        click.echo(json.dumps(record))
        records.append(record)
    if file is not None:
        document.write(file, document.text([*records, {"type": "end"}]))


def _echoed(records: Iterable[Record], as_json: bool) -> Iterator[Record]:
    for record in records:
        if as_json:
            click.echo(json.dumps(record, ensure_ascii=False))
        yield record


def told_lines(told: Told) -> list[str]:
    """What happened to one pair."""
    start, happened = told.start, told.outcome
    (ww, wl), (_same, ll) = start["gram"]
    head = _("{pair}  {kind}, step size {lr}")
    lr = f"{start['lr']:.2g}"
    lines = [head.format(pair=start["pair"], kind=told.kind, lr=lr)]
    changes = {
        "chosen": (happened.by_chosen, happened.end_chosen),
        "rejected": (happened.by_rejected, happened.end_rejected),
    }
    for side, (first, last) in changes.items():
        lines.append(f"   {_(side):9} {own.shown(start[side])}")
        moved = _("log π {start}   step 1 {first}   last step {last}").format(
            start=f"{start[f'logp_{side}']:.3f}",
            first=f"{first:+z.4f}",
            last=f"{last:+z.4f}",
        )
        lines.append(" " * 13 + moved)
    lines.append(f"   ‖g_w‖² {ww:.0f}   g_w·g_l {wl:.0f}   ‖g_l‖² {ll:.0f}")
    return [*lines, *indented(told.warning)]


def _typed(
    number: int, model: Model, check: Callable[[Pair], None] | None = None
) -> Pair:
    """A pair, part by part; what cannot be used is said and asked for again."""
    if not sys.stdin.isatty():
        none = _("name a FILE of pairs; without one they are typed at a terminal")
        raise LabError(none)
    click.echo(_(HOW[model.kind]))
    while True:
        try:
            prompt, chosen, rejected = (_text(part, model) for part in PARTS)
            pair = own.pair(number, prompt, chosen, rejected, model=model)
            if check is not None:
                check(pair)
        except LabError as error:
            click.echo(f"{error}.")
        else:
            return pair


def _text(part: str, model: Model) -> str:
    while True:
        with _completing() if model.kind == "words" else nullcontext():
            text = str(click.prompt(_(part)))
        sentence = model.unknown(text)
        if not sentence:
            return model.tidied(text)
        click.echo(f"{sentence}.")


@contextmanager
def _completing() -> Iterator[None]:
    """Tab completes a word of the model, where Python has readline."""
    try:
        import readline
    except ImportError:
        yield
        return
    before, signs = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(
        lambda start, state: dict(enumerate(completions(start))).get(state)
    )
    readline.set_completer_delims(" ")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(signs)


@contextmanager
def _stopping() -> Iterator[None]:
    try:
        yield
    except click.Abort:
        click.echo()
        raise StoppedError(_("stopped; nothing was recorded")) from None
