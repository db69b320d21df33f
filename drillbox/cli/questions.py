"""`drillbox questions`: what people ask about the subject of a course."""

import click

from drillbox.errors import ContentError
from drillbox.words import _


@click.command("questions")
@click.argument("number", type=int, required=False)
@click.option("--course", type=click.Path(), help="A course directory.")
def command(number: int | None, course: str | None) -> int:
    """Answer question NUMBER; without it, list the questions people ask.

    On the path of the app, w shows the same.

    \b
    Examples:
      drillbox questions
      drillbox questions 2
      drillbox questions --course my-course
    """
    from drillbox.cli.opening import open_wished
    from drillbox.plain.say import text
    from drillbox.session import words

    asked = open_wished(course).questions
    if number is None:
        none = _(
            "this course has no questions; its author writes them in questions.yaml"
        )
        lines = [f"{k}  {text(one.question)}" for k, one in enumerate(asked, 1)]
        click.echo("\n".join(lines or [none]))
        return 0
    if not 1 <= number <= len(asked):
        none = _("this course has no question {number}; it has none")
        some = _("this course has no question {number}; it has 1 to {n}")
        said = some.format(number=number, n=len(asked))
        raise ContentError(said if asked else none.format(number=number))
    one = asked[number - 1]
    parts = (text(one.question), text(one.answer).strip(), words.treated(one))
    click.echo("\n\n".join(part for part in parts if part))
    return 0
