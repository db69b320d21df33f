"""`drillbox explain`: where everything in a card comes from."""

import click

from drillbox.cli import complete
from drillbox.errors import ContentError
from drillbox.words import _


@click.command("explain")
@click.argument("card", shell_complete=complete.cards)
@click.option("--course", type=click.Path(), help="A course directory.")
@click.option("--variant", type=click.IntRange(min=0), default=0, help="Which one; 0.")
def command(card: str, course: str | None, variant: int) -> int:
    """Trace every number of CARD, an id: source, expression, variant, check.

    The answer is worked out again, the witness in the reference library is asked, the
    code of a spot card is run as shown and repaired, and what the card quotes from a
    run is read from its record.

    \b
    Examples:
      drillbox explain dpo-loss-of-one-pair
      drillbox explain dpo-loss-of-one-pair --variant 3
      drillbox explain first-choice --course my-course
    """
    from drillbox.cli.opening import open_wished
    from drillbox.workbench.explain import explained

    if not card:
        raise ContentError(_("no card is named; give its id"))
    for line in explained(open_wished(course), card, variant):
        click.echo(line)
    return 0
