"""Reasons for not posting a digest: kept with their facts, also those of earlier versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.obstacles import DeliveryReason, Obstacle

FACTS = st.dictionaries(st.text(max_size=8), st.one_of(st.text(), st.integers()))


@given(st.sampled_from(DeliveryReason), FACTS)
def test_a_stored_obstacle_comes_back_with_its_facts(reason: DeliveryReason, facts: dict[str, str | int]) -> None:
    obstacle = Obstacle(reason, facts)
    assert Obstacle.decode(obstacle.encode()) == obstacle


@pytest.mark.parametrize(
    ("text", "obstacle"),
    [
        ("channel-gone", Obstacle(DeliveryReason.CHANNEL_GONE)),
        (
            "permission-missing: Send Messages",
            Obstacle(DeliveryReason.PERMISSION_MISSING, {"permission": "Send Messages"}),
        ),
        (
            "gave-up: Discord answers 503: busy",
            Obstacle(DeliveryReason.GAVE_UP, {"error": "Discord answers 503: busy"}),
        ),
        ("refused: too long", Obstacle(DeliveryReason.REFUSED, {"error": "too long"})),
        ("Discord answers 502", Obstacle(DeliveryReason.OTHER, {"text": "Discord answers 502"})),
        ("late: no fact of this reason", Obstacle(DeliveryReason.OTHER, {"text": "late: no fact of this reason"})),
        ("a-reason-of-a-later-version", Obstacle(DeliveryReason.OTHER, {"text": "a-reason-of-a-later-version"})),
    ],
)
def test_texts_of_other_versions_are_read(text: str, obstacle: Obstacle) -> None:
    assert Obstacle.decode(text) == obstacle


def test_the_log_and_json_show_reason_and_facts() -> None:
    assert str(Obstacle(DeliveryReason.LATE)) == "late"
    assert str(Obstacle(DeliveryReason.PERMISSION_MISSING, {"permission": "Send Messages"})) == (
        "permission-missing: Send Messages"
    )
    assert str(Obstacle(DeliveryReason.OTHER, {"text": "Discord answers 502"})) == "Discord answers 502"
