"""Short reports in the same words about two towns."""

from __future__ import annotations

import pytest

from summarizers.events.features import text_features
from summarizers.events.pair_model import compare


def same_template(one: str, other: str) -> bool:
    comparison = compare(text_features(one), text_features(other))
    return comparison is not None and comparison.same_template


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The council of Lima voted on Monday to build bridge number 4 over the river, and it costs 7 million.",
            "The council of Quito voted on Monday to build bridge number 5 over the river, and it costs 8 million.",
        ),
        (
            "Bridge in Tarvik closed after crack is found\nThe bridge is shut until Friday, the town said on Monday.",
            "Bridge in Bergen closed after cracks are found\nThe bridge is shut for weeks, the city said on Monday.",
        ),
    ],
)
def test_reports_of_two_towns_in_one_wording_are_two_events(one: str, other: str) -> None:
    assert same_template(one, other)


def test_two_reports_of_one_town_share_no_mere_template() -> None:
    assert not same_template(
        "Bridge in Tarvik closed after crack is found\nThe bridge is shut until Friday, the town said on Monday.",
        "Tarvik closes its bridge\nA crack was found in the bridge, which stays shut until Friday.",
    )
