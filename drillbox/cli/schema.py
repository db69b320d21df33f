"""`drillbox schema`: what an editor needs to help an author."""

import click


@click.command("schema")
@click.argument("path", default=".", type=click.Path())
def command(path: str) -> int:
    """Write the schemas of YAML files, for editors with yaml-language-server.

    PATH is a course, else a checkout of drillbox. A file that begins with
    `# yaml-language-server: $schema=` and the path of a schema is then completed and
    checked while you type.

    \b
    Examples:
      drillbox schema my-course     my-course/schema.json
      drillbox schema               content/schema.json, exercises/schema.json
    """
    from drillbox.workbench.schema import write

    for written in write(path):
        click.echo(written)
    return 0
