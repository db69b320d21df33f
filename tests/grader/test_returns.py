"""What a function gives back, as an author writes it."""

from typing import Any

import pytest

from drillbox.grader.returns import Returns, parse


@pytest.mark.parametrize(
    ("value", "container", "parts", "words"),
    [
        ("tensor", "", (("result", "tensor"),), "a torch.Tensor"),
        ({"loss": "tensor"}, "", (("loss", "tensor"),), "a torch.Tensor"),
        ("float or none", "", (("result", "float or none"),), "a float or None"),
        (
            {"tuple": {"probs": "tensor", "log_Z": "float"}},
            "tuple",
            (("probs", "tensor"), ("log_Z", "float")),
            "a tuple of 2: probs, log_Z",
        ),
        ({"dict": {"a": "int"}}, "dict", (("a", "int"),), "a dict of 1: a"),
    ],
)
def test_this_is_read(value: Any, container: str, parts: Any, words: str) -> None:
    found = parse(value)
    assert (found.container, found.parts) == (container, parts)
    assert str(found) == words
    assert isinstance(found, Returns)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("vector", "'vector' is no kind"),
        ("float or nothing", "'nothing' is no kind"),
        ({}, "a kind, {name: kind}"),
        ({"a": "int", "b": "int"}, "a kind, {name: kind}"),
        ({"tuple": "int"}, "tuple needs its parts"),
        ({"tuple": {"a": 3}}, "3 is no kind"),
        ([], "a kind"),
    ],
)
def test_this_is_refused_in_a_sentence(value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse(value)
    assert said in str(refused.value)
