"""Tests that get in each other's way run one after the other: see conftest.py."""

import pytest


def test_rows_are_kept_where_tests_run_beside_each_other(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("loadgroup", False):
        pytest.skip("one after the other anyway")
    assert "@" in request.node.nodeid  # what xdist tells rows by
