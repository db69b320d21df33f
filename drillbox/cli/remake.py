"""`drillbox lab remake`: the shipped model, made again."""

import json
from contextlib import closing

import click

from drillbox.cli.asking import indented
from drillbox.lab.remake import SEED, STEPS, remade
from drillbox.lab.run import Record
from drillbox.words import N_, _

SAME = N_("Bit for bit the shipped model.")
OTHER = N_(
    "Not the bits of the shipped model. Another processor or torch rounds another way, "
    "and another seed or number of steps is another model; which way single pairs go "
    "may differ too, so the runs take the shipped one alone."
)


@click.command("remake")
@click.option("--out", type=click.Path(dir_okay=False), help="Keep it in this file.")
@click.option("--steps", type=click.IntRange(1), default=STEPS, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def remake(out: str | None, steps: int, seed: int, as_json: bool) -> None:
    """Make the tiny model of the runs again: about 30 seconds of one processor.

    \b
    Examples:
      drillbox lab remake
      drillbox lab remake --out again.safetensors
    """
    with closing(remade(out, steps, seed)) as records:
        for record in records:
            click.echo(
                json.dumps(record, ensure_ascii=False) if as_json else _line(record)
            )


def _line(record: Record) -> str:
    if record["type"] == "progress":
        far = _("step {n}: {loss:.4f} nats per word")
        return far.format(n=record["step"], loss=record["loss"])
    if record["type"] == "end":
        took = _("{cpu} s of the processor, {n} s")
        cpu, n = f"{record['cpu_seconds']:.1f}", f"{record['seconds']:.1f}"
        return took.format(cpu=cpu, n=n)
    about = _(OTHER if not record["as_shipped"] else SAME)
    size = _("{n} parameters, {m} words")
    right = _("{right} of {n} sums right")
    return "\n".join(
        (
            size.format(n=record["parameters"], m=record["words"]),
            f"SHA-256 {record['sha256']}",
            right.format(right=record["right"], n=record["of"]),
            "\n".join(indented(about)).strip(),
        )
    )
