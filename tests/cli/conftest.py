"""The program, imported once for all tests of its commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.warm_program import WarmProgram


@pytest.fixture(scope="session")
def warm_program() -> Iterator[WarmProgram]:
    """The program, to run commands in copies of."""
    with WarmProgram() as program:
        yield program
