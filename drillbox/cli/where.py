"""`drillbox where`: every directory and file drillbox uses."""

import click

from drillbox import places

_ROWS = (
    ("home", places.home),
    ("record", places.database),
    ("journal", places.journal),
    ("backups", places.backups),
    ("settings", places.settings),
    ("chosen theme", places.chosen_theme),
    ("chosen course", places.chosen_course),
    ("courses", places.courses),
    ("exercises", places.work),
    ("translations", places.catalogues),
    ("cache", places.cache),
    ("shipped course", places.shipped_course),
    ("shipped exercises", places.shipped_exercises),
    ("shipped translations", places.shipped_catalogues),
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
    width = max(len(name) for name, _ in _ROWS)
    for name, place in _ROWS:
        click.echo(f"{name:<{width}}  {place()}")
