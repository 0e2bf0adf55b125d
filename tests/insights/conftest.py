"""The town that figures are counted in."""

import pytest

from tests.insights.town import Town


@pytest.fixture
def town(db):
    return Town()
