"""Fixtures of the tests that walk every route."""

import pytest

from tests.shape import places as addresses


@pytest.fixture
def places(app, db):
    """(endpoint, access, method, address) of every route, with rows of Vale Claro in its ids."""
    return addresses.places(app)
