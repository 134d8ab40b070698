"""A theatre for every test of the screens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ui_stage import Theatre, lay_out

from builders import Desk


@pytest.fixture
def theatre(make_desk: Callable[..., Desk]) -> Theatre:
    """The bracket-laden decks on a desk with default settings."""
    return Theatre(lay_out(make_desk()))


@pytest.fixture
def make_theatre(make_desk: Callable[..., Desk]) -> Callable[..., Theatre]:
    """A theatre with settings of one's own."""
    return lambda **settings: Theatre(lay_out(make_desk("own", **settings)))
