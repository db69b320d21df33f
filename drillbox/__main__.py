"""Where a call of `drillbox` begins.

`due` and `--version` are answered before anything is imported: a shell prompt may ask
for them before every line.
"""

import sys


def main() -> None:
    """Run one call and leave with its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from drillbox import __version__

        print(f"drillbox {__version__}")
        return
    if arguments[:1] == ["due"] and not {"-h", "--help"} & set(arguments):
        from drillbox.history.due import main as due

        sys.exit(due(arguments[1:]))
    from drillbox.cli.shell import run  # click and the verbs: 25 ms and more

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
