"""Collects the program's sentences for translators, and compiles what they return.

`make words` writes drillbox/locale/drillbox.pot and compiles every translation that
comes with drillbox; `python tests/catalogue.py FILE.po` checks one translation and
compiles it beside itself. tests/test_words.py holds the committed file to the code.
"""

import ast
import inspect
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from drillbox.words import DOMAIN, misfit  # noqa: E402

PACKAGE = ROOT / "drillbox"
TEMPLATE = PACKAGE / "locale" / f"{DOMAIN}.pot"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
FROM_CLICK = (
    *("core", "decorators", "exceptions", "formatting", "parser", "termui", "types"),
)
HEAD = """\
# The sentences of drillbox. Copy this file to your language's .po, translate it there.
# What stands in {braces} and between `backticks` stays as it is, the first wherever
# your language wants it. `make words` writes this file."""
CHURN = ("POT-Creation-Date", "Generated-By", "PO-Revision-Date")


def sentences() -> Catalog:
    """Everything that is marked, each with the files that say it."""
    catalogue = Catalog(project=DOMAIN, header_comment=HEAD, charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        _add(catalogue, path, path.relative_to(ROOT).as_posix())
    for name in FROM_CLICK:  # what it says itself: Usage, Options, No such option
        path = Path(click.__file__).parent / f"{name}.py"
        _add(catalogue, path, f"click/{name}.py")
    for message in catalogue:
        _flag(message)
    return catalogue


def _add(catalogue: Catalog, path: Path, name: str) -> None:
    with path.open("rb") as file:
        found = list(extract("python", file, KEYWORDS, ("Translators:",)))
    for line, message, comments, _context in found:
        catalogue.add(message, None, [(name, line)], auto_comments=comments)
    tree = ast.parse(path.read_text())
    for line, text in (*helps(tree), *in_f_strings(tree)):
        catalogue.add(text, None, [(name, line)])


def helps(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What click shows as help: docstrings of commands, and `help=` of options.

    cli/__init__.py translates both when a verb is called.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(
            map(_command, node.decorator_list)
        ):
            if text := ast.get_docstring(node, clean=False):
                yield node.lineno, inspect.cleandoc(text)
        elif isinstance(node, ast.Call) and _from_click(node):
            for word in node.keywords:
                if word.arg == "help" and isinstance(word.value, ast.Constant):
                    yield node.lineno, inspect.cleandoc(word.value.value)


def in_f_strings(tree: ast.AST) -> Iterator[tuple[int, str | tuple[str, ...]]]:
    """What is marked inside an f-string, which Babel takes for one token."""
    for whole in ast.walk(tree):
        if not isinstance(whole, ast.JoinedStr):
            continue
        for node in ast.walk(whole):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KEYWORDS:
                texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
                if texts:
                    yield node.lineno, texts[0] if len(texts) == 1 else tuple(texts)


def _command(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else node
    return isinstance(called, ast.Attribute) and called.attr in ("command", "group")


def _from_click(node: ast.Call) -> bool:
    called = node.func
    return (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.value.id == "click"
    )


def _flag(message: Message) -> None:
    """Braces are what is filled in here; a % is a percentage."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    message.flags.discard("python-format")
    if any("{" in each for each in ids):
        message.flags.add("python-brace-format")


def template() -> str:
    """The text of drillbox.pot: no dates and no line numbers, which change daily."""
    out = io.BytesIO()
    write_po(out, sentences(), width=88, include_lineno=False, sort_by_file=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(map('"{}'.format, CHURN)))
    )


def problems(translated: Catalog, name: str) -> list[str]:
    """What a translation has wrong, one sentence each."""
    said = []
    for message in translated:
        if not message.id or message.fuzzy:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = (
            message.string if isinstance(message.string, tuple) else (message.string,)
        )
        for text in filter(None, texts):
            if wrong := misfit(text, *ids):
                said.append(f"{name}:{message.lineno}: “{text}”: {wrong}")
    return said


def compiled(source: Path) -> list[str]:
    """Compile a translation beside itself; or what is wrong with it, then nothing."""
    try:
        with source.open("rb") as file:
            translated = read_po(file, abort_invalid=True)
    except OSError as error:
        return [f"{source}: cannot be read ({error.strerror})"]
    except PoFileError as error:
        return [f"{source}: is no translation ({error})"]
    said = problems(translated, str(source))
    if not said:
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, translated)
    return said


def main(arguments: list[str]) -> int:
    """Exit code: 0, or 1 for a translation with something wrong."""
    if not arguments:
        TEMPLATE.parent.mkdir(exist_ok=True)
        TEMPLATE.write_text(template())
    sources = map(Path, arguments) if arguments else TEMPLATE.parent.rglob("*.po")
    said = [line for source in sorted(sources) for line in compiled(source)]
    for line in said:
        print(line, file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
