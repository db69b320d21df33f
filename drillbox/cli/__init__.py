"""The verbs. Each lives in a file of its own and is imported when it is called."""

from difflib import get_close_matches
from importlib import import_module
from inspect import cleandoc  # click has it already

import click

from drillbox import __version__
from drillbox.words import _

# Listed here, so that `drillbox --help` imports no verb but to print its one line.
VERBS = (
    "review",
    "serve",
    "due",
    "check",
    "exercise",
    "lab",
    "lint",
    "new",
    "preview",
    "explain",
    "schema",
    "glossary",
    "questions",
    "stats",
    "log",
    "notes",
    "add",
    "reset",
    "doctor",
    "where",
    "completion",
)


_WHOLE = 1_000  # characters; click would cut a sentence off after some 60


def translate(command: click.Command) -> None:
    """Put its help into the learner's language: docstrings and `help=`, which
    `make words` collects. Once done, it finds nothing more to do."""
    command.help = _(cleandoc(command.help)) if command.help else None
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = _(parameter.help)
    if isinstance(command, click.Group):
        for each in command.commands.values():
            translate(each)


class Verbs(click.Group):
    """A group whose commands are modules, `drillbox.cli.<verb>:command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order a newcomer meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this verb, or None for a word that is none."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"drillbox.cli.{cmd_name}").command
        translate(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that is called; a mistyped one is refused with the nearest."""
        near = [] if args[0] in VERBS else get_close_matches(args[0], VERBS, 1)
        if near:
            said = _("No such command '{word}'. Did you mean '{near}'?")
            raise click.UsageError(said.format(word=args[0], near=near[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Each verb with its whole first sentence, on as many lines as it takes."""
        verbs = [(verb, self.get_command(ctx, verb)) for verb in VERBS]
        rows = [(v, c.get_short_help_str(_WHOLE)) for v, c in verbs if c is not None]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="drillbox %(version)s")
@click.pass_context
def app(ctx: click.Context) -> object:
    """Five minutes of drill a day. Without a verb: open today's plan.

    \b
    Examples:
      drillbox                     today's plan on the screen
      drillbox review --plain      the same session, line by line
      drillbox due                 how many cards wait
      drillbox check dpo-loss      grade the file that `exercise start` made
    """
    if ctx.invoked_subcommand is None:
        code: object = ctx.invoke(import_module("drillbox.cli.review").command)
        return code
    return None
