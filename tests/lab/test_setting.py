"""`--set key=value`."""

import pytest

from drillbox.lab.run import LabError
from drillbox.lab.setting import chosen
from drillbox.lab.tabular import TABULAR


def test_what_is_not_set_has_its_default_and_the_last_wish_counts() -> None:
    found = chosen(TABULAR, ["beta=2", "beta = 0.5"])
    assert found == {"beta": 0.5, "arms": 5, "steps": 100, "unseen_steps": 2000}
    assert isinstance(found["arms"], int)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ("beta", "--set 'beta' has no =; write --set key=value"),
        ("bta=1", "tabular has no setting 'bta'; did you mean beta? it has beta, arms"),
        ("xyz=1", "tabular has no setting 'xyz'; it has beta, arms, steps"),
        ("beta=low", "beta is 'low'; write a number, such as 0.7"),
        ("beta=nan", "beta is nan; write a number from 0.01 to 100"),
        ("beta=0", "beta is 0; write a number from 0.01 to 100"),
        ("arms=2.5", "arms is '2.5'; write a whole number, such as 5"),
        ("arms=1", "arms is 1; write a whole number from 2 to 50"),
        ("arms=" + "9" * 5000, "arms is '9"),
    ],
)
def test_what_cannot_be_set_is_said(wish: str, sentence: str) -> None:
    with pytest.raises(LabError) as caught:
        chosen(TABULAR, [wish])
    assert str(caught.value).startswith(sentence)
