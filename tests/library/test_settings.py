"""The learner's settings: a missing file is the defaults, a bad one is one sentence."""

import re
from pathlib import Path

import pytest

from drillbox.domain.settings import Settings
from drillbox.errors import ContentError
from drillbox.library.settings import read_settings


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("minutes: 10", Settings(minutes=10)),
        ("theme: light\nplain: true", Settings(theme="light", plain=True)),
        ("editor: vim -n", Settings(editor="vim -n")),
        ("mouse: false\nspoken: true", Settings(mouse=False, spoken=True)),
        ("characters: ascii", Settings(characters="ascii")),
        ("language: no", Settings(language="no")),
        ("language: sr_RS@latin", Settings(language="sr_RS@latin")),
        ("{}", Settings()),
        ("# nothing set yet\n", Settings()),
        ("", Settings()),
    ],
)
def test_what_is_set_holds_and_the_rest_is_the_default(
    tmp_path: Path, text: str, settings: Settings
) -> None:
    assert read_settings(written(tmp_path, text)) == settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = read_settings(str(tmp_path / "none.yaml"))
    assert settings == Settings(minutes=None, theme="dark", editor=None, plain=False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("minutes: 0", "1:10: minutes: is the number 0; write a number of at least 1"),
        (
            "minutes: 61",
            "1:10: minutes: is the number 61; write a number of at most 60",
        ),
        ("theme: drak", "1:8: theme: is the text `drak`; write `dark`"),
        ("characters: asci", "1:13: characters: is the text `asci`; write `ascii`"),
        ("characters: 7", "1:13: characters: is the number 7"),
        ("minuts: 5", "1:1: minuts: settings have no such field; write `minutes`"),
        ("mous: false", "1:1: mous: settings have no such field; write `mouse`"),
        ("plain: yes", "1:8: plain: is the text `yes`, where true or false belongs"),
        (
            "language: ../de",
            "1:11: language: `../de` is no language; write its code, such as de",
        ),
        ("- a", "1:1: file: is a list, where a mapping belongs"),
        ("minutes: [", "2:1: yaml: a value is missing here"),
        ("minutes: 5\nminutes: 6", "2:1: minutes: this field stands on line 1 already"),
    ],
)
def test_a_problem_is_one_sentence_with_its_place(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_settings(path)
    assert str(caught.value.problems[0]).startswith(f"{path}:{sentence}")


def test_every_problem_is_said_in_the_order_of_the_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "thme: dark\nminutes: 900\nplain: 7\n")
    with pytest.raises(ContentError, match="cannot be used: 3 problems") as caught:
        read_settings(path)
    assert [one.line for one in caught.value.problems] == [1, 2, 3]


def test_a_directory_in_its_place_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_settings(str(tmp_path))


def test_the_readme_lists_every_setting_with_its_default(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```yaml\n(# settings.yaml.*?)^```$", readme, re.M | re.S)
    settings = read_settings(written(tmp_path, text))
    assert settings.model_fields_set == set(Settings.model_fields)
    wishes = ("minutes", "editor", "characters", "language")
    example = dict.fromkeys(wishes)  # not the default
    assert settings.model_copy(update=example) == Settings()
