"""`drillbox where`: every directory and file drillbox uses."""

import click

from drillbox import places
from drillbox.words import N_, _

_ROWS = (
    (N_("home"), places.home),
    (N_("record"), places.database),
    (N_("journal"), places.journal),
    (N_("backups"), places.backups),
    (N_("settings"), places.settings),
    (N_("chosen theme"), places.chosen_theme),
    (N_("chosen course"), places.chosen_course),
    (N_("courses"), places.courses),
    (N_("translations"), places.catalogues),
    (N_("exercises"), places.work),
    (N_("cache"), places.cache),
    (N_("shipped course"), places.shipped_course),
    (N_("shipped exercises"), places.shipped_exercises),
    (N_("shipped translations"), places.shipped_catalogues),
)


@click.command("where")
def command() -> None:
    """Say where everything lies. DRILLBOX_HOME chooses another home.

    Only `cache` may be deleted without losing anything.

    \b
    Examples:
      drillbox where
      DRILLBOX_HOME=/tmp/try drillbox where
    """
    rows = [(_(name), place) for name, place in _ROWS]
    width = max(len(name) for name, _place in rows)
    for name, place in rows:
        click.echo(f"{name:<{width}}  {place()}")
