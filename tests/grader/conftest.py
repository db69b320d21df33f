"""One warm grader for each file of tests."""

from collections.abc import Iterator

import pytest

from drillbox.grader.supervisor import Grader


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """A grader that stays warm for the whole file."""
    with Grader() as warm:
        yield warm
