"""`drillbox glossary`: the words and symbols of a course."""

import click

from drillbox.cli import complete
from drillbox.errors import ContentError
from drillbox.words import _


@click.command("glossary")
@click.argument("term", required=False, shell_complete=complete.terms)
@click.option("--course", type=click.Path(), help="A course directory.")
def command(term: str | None, course: str | None) -> int:
    """Say what TERM means, a word or a symbol; without it, every term.

    In a session, g shows the terms of the page that is read.

    \b
    Examples:
      drillbox glossary margin
      drillbox glossary β
      drillbox glossary --course my-course
    """
    from drillbox.cli.opening import open_wished
    from drillbox.domain.glossary import used
    from drillbox.library.wording import nearest
    from drillbox.plain.say import text
    from drillbox.session import words

    terms = open_wished(course).glossary
    found = terms if term is None else used(terms, f"{term} ${term}$")
    if not found:
        near = nearest(term or "", [one.term for one in terms])
        advice = _("did you mean {near}?").format(near=near)
        advice = advice if near else _("leave the term out to see all")
        said = _("the glossary has no {term}; {advice}")
        raise ContentError(said.format(term=repr(term), advice=advice))
    for one in found:
        click.echo(text(words.term(one)))
    return 0
