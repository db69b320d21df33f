"""Where a call of `drillbox` begins.

`due` and `--version` are answered before anything is imported: a shell prompt may ask
for them before every line.
"""

import os
import sys


def main() -> None:
    """Run one call and leave with its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        sys.exit(_version())
    from drillbox import words

    words.choose()  # before what is evaluated when a verb is imported
    if arguments[:1] == ["due"] and not {"-h", "--help"} & set(arguments):
        from drillbox.history.due import main as due

        sys.exit(due(arguments[1:]))
    from drillbox.cli.shell import run  # click and the verbs: 25 ms and more

    sys.exit(run(arguments))


def _version() -> int:
    from drillbox import __version__

    try:  # unbuffered: nothing is left to fail once more at the exit
        os.write(1, f"drillbox {__version__}\n".encode())
    except BrokenPipeError:
        return 0
    except OSError as error:
        from drillbox import words

        words.choose()
        said = words._("the output cannot be written: {why}")
        print(f"drillbox: {said.format(why=error.strerror)}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    main()
