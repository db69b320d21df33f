"""`drillbox doctor`: what stands around the code that is graded here, by trying it."""

import json

import click


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def command(as_json: bool) -> None:
    """Say at which level code is graded here: what was tried, and what stays open.

    Starts the workers and tries six things that code must not be able to do. Where a
    higher level is missing, it says why and which commands lead there. What bubblewrap
    once refused is tried again. Exit 2: the workers cannot be started.

    \b
    Examples:
      drillbox doctor
      drillbox doctor --json
    """
    import drillbox
    from drillbox.grader.crew import REFERENCE, Crew, Kind
    from drillbox.grader.exercise import find
    from drillbox.grader.sandbox import remembered
    from drillbox.grader.sandbox.examined import Examined, versions

    remembered.forget()
    learner, crew = Kind(torch=True), Crew()
    try:
        crew.prepare(learner, REFERENCE)
        secrets = (find("dpo-loss").reference_file, str(drillbox.__file__))
        found = Examined(
            crew.tried(learner, secrets), crew.tried(REFERENCE, ()), versions()
        )
    finally:
        crew.close()
    if as_json:
        click.echo(json.dumps(found.json(), ensure_ascii=False))
    else:
        click.echo("\n".join(found.text()))
