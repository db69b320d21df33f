"""`drillbox completion`: what a shell needs to complete verbs and names."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print the lines that teach SHELL to complete verbs, exercises, runs and cards.

    \b
    Examples:
      eval "$(drillbox completion bash)"       in ~/.bashrc
      eval "$(drillbox completion zsh)"        in ~/.zshrc, after compinit
      drillbox completion fish > ~/.config/fish/completions/drillbox.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None, "click completes all three"
    app = ctx.find_root().command
    click.echo(kind(app, {}, "drillbox", "_DRILLBOX_COMPLETE").source())
    return 0
