"""The sentences: every one goes through the catalogue, and none breaks a session."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import drillbox
from drillbox import places, words
from drillbox.errors import GraderError
from drillbox.lab.begin import begin
from drillbox.lab.fit_preferences import FIT_PREFERENCES
from drillbox.lab.run import LabError
from drillbox.lab.setting import chosen
from drillbox.library.settings import read_settings
from drillbox.words import N_, _, ngettext
from tests import catalogue

# Packages and files, below drillbox/, that say nothing to a learner or an author; why.
ENGLISH = {
    "__init__.py": "says something to programmers alone",
    "words.py": "speaks where there is no language, and to translators",
    "places.py": "names directories",
    "grader/harness": "runs in the sandbox; what it found is put in words outside",
    "history/counts.py": "SQL",
    "history/log.py": "SQL",
    "history/refold.py": "SQL",
    "history/states.py": "SQL",
    "history/stats.py": "SQL",
    "history/store.py": "SQL",
    "library/cache.py": "SQL",
    "library/marks.py": "its one error is caught and put in words by who reads files",
    "reference/corpus.py": "what the tiny language model reads",
    "reference/templates.py": "what the tiny language model reads",
    "reference/losses": "the library of losses speaks to programmers",
    "reference/memory.py": "the library speaks to programmers",
    "reference/metrics.py": "the library speaks to programmers",
    "reference/preferences.py": "the library speaks to programmers",
    "reference/make_characters.py": "a script for programmers",
    "reference/make_tiny.py": "a script for programmers",
    "workbench/skeletons.py": "what authors begin with is content",
    "workers/forking.py": "runs in the sandbox",
    "workers/frame.py": "its errors are caught: a frame is read or it is not",
    "workers/inside.py": "runs in the sandbox",
}


@pytest.fixture
def german(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalog]:
    """A catalogue to fill; `take` puts it where the learner's own are, and chooses."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    yield Catalog(locale="de")
    words._catalogue = None
    monkeypatch.delenv("LANGUAGE", raising=False)


def take(made: Catalog, language: str = "de") -> None:
    folder = Path(places.catalogues()) / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "drillbox.mo").open("wb") as file:
        write_mo(file, made)
    words.choose()


# -- the language


def test_without_a_catalogue_a_sentence_is_english(german: Catalog) -> None:
    words.choose()
    assert _("Bye.") == "Bye."
    assert [ngettext("{n} card", "{n} cards", n) for n in (0, 1, 2)] == [
        "{n} cards",
        "{n} card",
        "{n} cards",
    ]


def test_the_language_of_the_environment_is_spoken(german: Catalog) -> None:
    german.add("Bye.", "Tschüs.")
    german.add(("{n} card", "{n} cards"), ("eine Karte", "{n} Karten"))
    take(german)
    assert (_("Bye."), _("Not translated."), _("")) == (
        "Tschüs.",
        "Not translated.",
        "",
    )
    assert ngettext("{n} card", "{n} cards", 1) == "eine Karte"
    assert ngettext("{n} card", "{n} cards", 7).format(n=7) == "7 Karten"
    assert _(N_("Bye.")) == "Tschüs."


def test_the_settings_overrule_the_environment(
    german: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    home.mkdir()
    (home / "settings.yaml").write_text("minutes: 5\nlanguage: de # for a while\n")
    german.add("Bye.", "Tschüs.")
    take(german)
    assert _("Bye.") == "Tschüs."


@pytest.mark.parametrize("asked", ["en:de", "C:de", "en_GB.UTF-8:de"])
def test_who_wants_english_first_has_it(
    german: Catalog, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setenv("LANGUAGE", asked)
    german.add("Bye.", "Tschüs.")
    take(german)
    assert _("Bye.") == "Bye."


@pytest.mark.parametrize(
    "text",
    ["language: de", "language: 'pt_BR'\n", 'theme: light\nlanguage: "de"  # mine'],
)
def test_the_line_read_by_hand_is_what_yaml_says(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    assert words.in_settings(str(path)) == read_settings(str(path)).language


def test_a_language_leads_to_no_file_elsewhere(
    german: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    german.add("Bye.", "Tschüs.")
    take(german)
    words._catalogue = None
    monkeypatch.setenv("LANGUAGE", "../locale/de")
    words.choose()
    assert _("Bye.") == "Bye."


def test_a_damaged_catalogue_is_said_and_english_holds(
    german: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    take(german)
    path = Path(places.catalogues(), "fr", "LC_MESSAGES", "drillbox.mo")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no catalogue")
    os.environ["LANGUAGE"] = "fr"
    words.choose()
    (line,) = capsys.readouterr().err.splitlines()
    assert "is no catalogue of sentences" in line and line.endswith("English holds")
    assert _("Bye.") == "Bye."


def test_the_worker_of_a_run_speaks_it_too(german: Catalog) -> None:
    german.add(
        "choices: {pair} is no choice; write two letters, the preferred one first, "
        "such as {example}",
        "choices: {pair} ist keine Wahl, {example} wäre eine",
    )
    take(german)
    wishes = chosen(FIT_PREFERENCES, ["choices=XX"])
    with pytest.raises(LabError, match="'XX' ist keine Wahl, AB wäre eine"):
        list(begin(FIT_PREFERENCES, wishes))


def test_a_check_from_python_speaks_it_too(german: Catalog) -> None:
    german.add(
        "there is no exercise {name}; did you mean {near}?",
        "es gibt keine Übung {name}; war {near} gemeint?",
    )
    take(german)
    words._catalogue = None
    with pytest.raises(GraderError, match="es gibt keine Übung 'dpo-los'"):
        drillbox.check("dpo-los", lambda: None)


# -- the {fields} of a translation


@pytest.mark.parametrize(
    ("ids", "texts", "wrong"),
    [
        ("{n} of {m}", "{m}/{n}", ""),
        ("{n} of {m}", "{n}", "lacks {m}"),
        ("{n} of {m}", "{n} von {k}", "has {k}, which the English has not, lacks {m}"),
        ("{n:.1f} s", "{n} s", "has {n}, which the English has not, lacks {n:.1f}"),
        ("{n} s", "{n s", "its braces cannot be read"),
        ("no fields", "50 %", ""),
        ('{"due": 7, …', "any", ""),
        (("a card", "{n} cards"), ("eine", "{n} Karten"), ""),
        (("{n} card", "{n} cards"), ("eine", "{n} Karten"), ""),
        (("{n} of {m}", "{n} of {m}"), ("{m}", "{n} Karten"), "lacks {m}"),
        (("a card", "{n} cards"), ("eine", "{m} Karten"), "has {m}"),
    ],
)
def test_a_translation_with_other_fields_is_refused_in_one_sentence(
    ids: str | tuple[str, str], texts: str | tuple[str, str], wrong: str
) -> None:
    made = Catalog(locale="de")
    made.add(ids, texts)
    said = catalogue.problems(made, "de.po")
    assert len(said) == bool(wrong)
    assert all(line.startswith("de.po:") and wrong in line for line in said)


def test_a_translation_that_does_not_fit_stays_english(german: Catalog) -> None:
    german.add("{n} of {m}", "{n} von {k}")
    german.add("{n} s", "{n s")
    take(german)
    assert _("{n} of {m}").format(n=1, m=2) == "1 of 2"
    assert _("{n} s").format(n=1) == "1 s"


def test_a_translation_with_something_wrong_is_not_compiled(tmp_path: Path) -> None:
    source = tmp_path / "drillbox.po"
    source.write_text('msgid "{n} cards"\nmsgstr "{m} Karten"\n')
    (line,) = catalogue.compiled(source)
    assert line.endswith("“{m} Karten”: has {m}, which the English has not, lacks {n}")
    assert not source.with_suffix(".mo").exists()
    source.write_text('msgid "{n} cards"\nmsgstr "{n} Karten"\n')
    assert catalogue.compiled(source) == []
    assert source.with_suffix(".mo").exists()


def test_the_language_is_named_as_html_names_it(german: Catalog) -> None:
    assert words.language() == "en"
    german.locale = "de_AT"
    take(german)
    assert words.language() == "de-AT"


# -- every sentence is marked, and collected


def test_the_committed_template_has_what_the_code_says() -> None:
    kept = catalogue.TEMPLATE.read_text()
    assert catalogue.template() == kept, "sentences have changed: run `make words`"


MARKS = {"_", "N_", "ngettext"}
# What is no sentence of the program, by the call that it stands in.
NOT_SAID = {
    "compile": "regular expressions",
    "ValueError": "for a programmer",
    "TypeError": "for a programmer",
    "AssertionError": "for a programmer",
    "parse_and_bind": "for readline",
    "query": "names of widgets",
    "_table": "names of macros, each with its sign",
}
STYLES = {"classes", "style"}  # arguments that name looks
SHOWN = {"Binding": 2}  # calls whose argument at this place is shown, a word alone too
# What has a space and is no sentence of the program, and why.
NO_SENTENCE = {
    "gave up": "the value of a status; its words are marked where it is shown",
    ', "today": "': "JSON",
    '}, "next": ': "JSON",
    "drillbox: ": "the program's name before a sentence",
    "drillbox %(version)s": "the program's name and version",
    "pip install 'drillbox[web]'": "a command",
    "SHA-256 ": "a name",
    "seed ": "what a key is made from",
    "() (0-d)": "a shape",
    "Apple silicon": "a name",
    'attachment; filename="': "a header of HTTP",
    "ABI ": "a name",
    "bubblewrap ": "how the version of bubblewrap begins",
    "bwrap: Unknown option": "what bubblewrap says",
    "wsl --install": "a command",
    "limits only": "the value of a level; its words are marked where it is shown",
    "‖g_w‖² ": "mathematics",
    "log π(chosen)": "mathematics",
    "log π(rejected)": "mathematics",
    "   ‖g_w‖² ": "mathematics",
    "   g_w·g_l ": "mathematics",
    "   ‖g_l‖² ": "mathematics",
    "arg max": "a function's name, as it is written",
    "arg min": "a function's name, as it is written",
    " \\cdot ": "LaTeX",
    " \\cdot 10^{": "LaTeX",
    "log π ": "mathematics",
    "  log π_ref ": "mathematics",
    "bold $accent": "a style",
    " instead of ": "what stands in a file of drillbox's own",
    "theme: ": "YAML",
    "drillbox lint ": "a command",
    "drillbox preview ": "a command",
    "drillbox review --course ": "a command",
    " --card ": "a command",
    "        misconception: ": "YAML",
    "\ndef ": "a program",
    "():\n    return ": "a program",
    "def ": "a program",
    "is not": "an operator of Python",
    "not in": "an operator of Python",
    ": where: ": "a field of a card",
    ": vars.": "a field of a card",
    ": steps: ": "a field of a card",
    "loss of step 1": "the name of an output",
    **dict.fromkeys(
        (
            *("loss of step ", "after step ", "optimizer steps in call "),
            "gradients on the reference",
        ),
        "the name of an output, or how it begins",
    ),
    "Value error, ": "what pydantic says",
    "{name: kind}, {tuple: {…}}": "what an author writes",
    "{dict: {…}}": "what an author writes",
    "{name: kind, …}": "what an author writes",
    "not run": "a mark on a case, shown nowhere",
    "if ": "mathematics, where a formula is laid out",
    "where id = ?": "SQL",
    "delete from live where course = ?": "SQL",
    "insert into live values (?, ?, ?, ?)": "SQL",
    "delete from alias where course = ?": "SQL",
    "insert into alias values (?, ?, ?)": "SQL",
    "insert or replace into meta values (?, ?)": "SQL",
    "live ": "the beginning of a key",
    "vacuum into ?": "SQL",
    "begin immediate": "SQL",
    **dict.fromkeys(
        (
            "mapping values are not allowed in this context",
            "did not find expected key",
            "could not find expected ':'",
            "did not find expected '-' indicator",
            "did not find expected ',' or ']'",
            "did not find expected ',' or '}'",
            "did not find expected node content",
            "block sequence entries are not allowed in this context",
            "did not find expected <document start>",
            "found unexpected end of stream",
            "found unexpected document indicator",
            "found undefined tag handle",
            "while parsing a quoted scalar",
            "found character that cannot start any token",
        ),
        "what the parser of YAML says",
    ),
    **dict.fromkeys(
        (
            *("what is one plus three ?", "one plus three is four ."),
            *("one plus three is five .", "what is four plus six ?"),
            *("four plus six is ten .", "four plus six is eleven ."),
            *("how do i open the locked ", "take a ", " and open the "),
            *("review the movie :", "the movie was great .", "the movie was awful ."),
            *("sorry , i cannot help with that .", "review the ", "the ", " is "),
            *("the {work} was {word} .", "the {work} was {word} . i {verb} it ."),
            *("many people like the {work} . i hope it is {one} .", "you can see it "),
            *("{one} {work} , {two} {work} .", "tell me about the "),
            "many people like the ",
        ),
        "what the tiny language model reads",
    ),
    **dict.fromkeys(
        (
            *("DPO with cached reference", "caching the log-probs of the reference"),
            *(": one pass", "reward model", "DPO with β ", "online DPO", " at β "),
            *("online DPO by score", "PPO ", " KL, seed ", "R-DPO, wrong sign"),
            *("own answers", "another style", "another word order", "SFT, then DPO"),
            *("DPO, β large", "robust DPO", "DPO + likelihood"),
            *("up down", "down down", "up up"),
        ),
        "a name in a record; its words are marked in drillbox/lab",
    ),
    **dict.fromkeys(
        ("allocate memory", "not enough memory", "you tried to allocate "),
        "what torch says",
    ),
    "Tried to allocate ": "what torch says",
    "Fatal Python error": "what Python says",
    "pip install 'drillbox[hf]'": "a command",
    "[name, [argument, …]]": "JSON",
    "drillbox ": "the program's name before its version",
    "Landlock ": "a name",
    "(subpath ": "the language of sandbox-exec",
    "(?: i (?:liked|hated) it \\.)": "a regular expression",
}
SQL = re.compile(r"\b(select|pragma|begin exclusive)\b|\bs\.[a-z]+\b")
# Constants that hold no sentence, and what they are.
VALUES = {
    "_LOWER": "names of letters, one after the other",
    "_UPPER": "names of letters, one after the other",
    "NOT_RUN": "a mark on a case, shown nowhere",
    "ARGUMENT": "the beginning of a key",
    "GRADIENT": "the beginning of a key",
    "AGAIN": "the beginning of a key",
    "_NO_GPU": "what torch says",
    "_NO_MEMORY": "what torch says",
    "_BARRED": "what the system says",
    "_LEFT": "HTML",
    "SHAPES": "of SVG",
    "HEADERS": "of HTTP",
    "THEN": "a command",
    "_INSTALL": "commands",
    "_APPARMOR": "commands",
    "_DENIED": "what the system says",
    "WARM": "a program",
    "_HEAD": "by which a file is known as written by drillbox",
    "DEFAULT_CSS": "CSS",
    "PRELUDE": "a program",
    "_FUNCTIONS": "names of functions",
    "_LOOKS": "names of macros",
    "FIRST_LOSS": "values in records; their words are marked in lab/step.py",
    "FIRST_STEP": "values in records; their words are marked in lab/step.py",
    "_RULES": "the language of sandbox-exec",
    "nothing": "a program",
    "_FUTURE": "a program",
    "_IMPORT": "a program",
    "_FROM": "a program",
    "_FROM_BUILTINS": "a program",
    "_OR": "what an author writes",
    "_INSIDE": "a regular expression",
    "COMMENT": "by which an editor knows the schema",
    "_ONE": "a part of the schema, whose bytes are the same everywhere",
    "_RETURNS": "a part of the schema, whose bytes are the same everywhere",
}
SPACED = re.compile(r"[A-Za-z].* | .*[A-Za-z]", re.DOTALL)


def files() -> list[Path]:
    silent = [catalogue.PACKAGE / name for name in ENGLISH]
    every = sorted(catalogue.PACKAGE.rglob("*.py"))
    return [path for path in every if not {path, *path.parents} & {*silent}]


def named(path: Path) -> str:
    return path.relative_to(catalogue.PACKAGE).as_posix()


def name_of(call: ast.Call) -> str:
    called = call.func
    return getattr(called, "id", getattr(called, "attr", ""))


def is_markup(text: str) -> bool:
    """JSON, HTML or SVG: what is said in it is marked by itself."""
    attribute = re.search(r'[\w-]="', text)
    return bool(attribute or re.match(r'<|"?[\s{},\]]*"\w*": |": \{', text))


class Unmarked(ast.NodeVisitor):
    """found: line and text of each literal that is said without a mark. sql: what is
    SQL is none."""

    def __init__(self, tree: ast.AST, sql: bool = False) -> None:
        self.sql = sql
        self.found: list[tuple[int, str]] = []
        self.helps = {line for line, _text in catalogue.helps(tree)}
        self.visit(tree)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {getattr(target, "id", "") for target in node.targets}
        if not names & VALUES.keys():
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for child in (*node.decorator_list, *node.args.defaults, *node.body):
            self.visit(child)  # and no annotation

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Assert(self, node: ast.Assert) -> None:
        """For a programmer."""

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if name_of(node) in NOT_SAID:
            return
        marked = name_of(node) in MARKS
        self.look_at_words(node)
        for child in ast.iter_child_nodes(node):
            text = isinstance(child, ast.Constant) and isinstance(child.value, str)
            shown = isinstance(child, ast.keyword) and child.arg == "help"
            look = isinstance(child, ast.keyword) and child.arg in STYLES
            told = look or (shown and node.lineno in self.helps)
            if not (marked and text) and not told:
                self.visit(child)

    def look_at_words(self, call: ast.Call) -> None:
        """A word without a blank, where it is known that it is shown."""
        place = SHOWN.get(name_of(call))
        for said in call.args[place : place + 1] if place is not None else ():
            if isinstance(said, ast.Constant) and not SPACED.search(said.value):
                self.found.append((said.lineno, said.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        texts = [v.value for v in node.values if isinstance(v, ast.Constant)]
        if not (self.sql and SQL.search("".join(texts))):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        text = node.value
        if not isinstance(text, str) or not SPACED.search(text):
            return
        if self.sql and SQL.search(text):
            return
        if text not in NO_SENTENCE and not is_markup(text):
            self.found.append((node.lineno, text))


each_file = pytest.mark.parametrize("path", files(), ids=named)


@each_file
def test_every_sentence_is_marked_for_translation(path: Path) -> None:
    tree = ast.parse(path.read_text())
    file = path.relative_to(catalogue.ROOT).as_posix()
    said = [
        f"{file}:{line}: “{text}” is not marked: write _(…) or ngettext(…), with "
        "{names} and .format instead of an f-string; what is no sentence goes on the "
        "list NO_SENTENCE in tests/test_words.py"
        for line, text in Unmarked(tree, "history/" in file).found
    ]
    assert said == [], "\n".join(said)


def marked_in(node: ast.AST) -> list[str]:
    """The sentences that are marked in an expression."""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
    return [
        argument.value
        for call in calls
        if name_of(call) in MARKS
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def filled(function: ast.AST) -> Iterator[tuple[int, str, set[str | None]]]:
    """Line, sentence and given fields of each `.format` in a function; a sentence may
    stand in a variable."""
    kept: dict[str, list[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                whole = isinstance(node.value, ast.Call)
                if not whole or name_of(node.value) != "format":
                    texts = kept.setdefault(getattr(target, "id", ""), [])
                    texts += marked_in(node.value)
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr != "format":
                continue
            receiver = node.func.value
            names = [n.id for n in ast.walk(receiver) if isinstance(n, ast.Name)]
            texts = marked_in(receiver) + [t for n in names for t in kept.get(n, [])]
            for text in texts:
                yield node.lineno, text, {word.arg for word in node.keywords}


@each_file
def test_every_marked_sentence_is_given_the_fields_it_names(path: Path) -> None:
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef):
            for line, text, given in filled(function):
                fields = {field.split(":")[0] for field in words._fields(text)}
                assert fields <= given, f"{path.name}:{line}: “{text}”"


@each_file
def test_no_function_takes_the_name_of_the_translation(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inside = list(ast.walk(node))
            uses = any(isinstance(n, ast.Call) and name_of(n) == "_" for n in inside)
            takes = any(
                isinstance(n, ast.Name) and n.id == "_" and isinstance(n.ctx, ast.Store)
                for n in inside
            )
            assert not (uses and takes), f"{path.name}:{node.lineno}: `_` is a variable"
