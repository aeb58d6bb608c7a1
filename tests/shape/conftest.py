"""Fixtures of the tests that walk every route."""

import pytest

from tests.shape import places as addresses


@pytest.fixture
def places(app, db):
    """Every address, with rows of Vale Claro in its ids."""
    return addresses.places(app, addresses.rows("Vale Claro Telecom"))
