"""Late digests keep their subscription's policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.lateness import ON_TIME, deadline, refusal_reason
from bot.newsroom.models import LatePolicy, Subscription
from bot.newsroom.obstacles import DeliveryReason

SLOT = datetime(2026, 11, 20, 8, tzinfo=UTC)
ORDER = Subscription(1, 1, (time(8),), "UTC", SLOT, SLOT, late_hours=2)


@pytest.mark.parametrize(
    ("policy", "hours", "begun", "newer", "expected"),
    [
        (LatePolicy.POST, 0.1, False, True, None),
        (LatePolicy.POST, 1, False, False, None),
        (LatePolicy.POST, 1, False, True, DeliveryReason.LATE_MERGED),
        (LatePolicy.POST, 3, False, False, DeliveryReason.LATE),
        (LatePolicy.POST, 3, True, False, DeliveryReason.LATE),
        (LatePolicy.SKIP, 1, False, False, DeliveryReason.LATE_SKIPPED),
        (LatePolicy.SKIP, 1, True, True, None),
        (LatePolicy.MERGE, 1, False, False, DeliveryReason.LATE_MERGED),
        (LatePolicy.MERGE, 3, False, False, DeliveryReason.LATE_MERGED),
        (LatePolicy.MERGE, 1, True, False, None),
    ],
)
def test_lateness_policies(
    policy: LatePolicy, hours: float, begun: bool, newer: bool, expected: DeliveryReason | None
) -> None:
    now = SLOT + timedelta(hours=hours)
    assert refusal_reason(replace(ORDER, late=policy), SLOT, now, begun=begun, newer=newer) is expected


def test_digests_of_deleted_or_paused_subscriptions_are_not_posted() -> None:
    assert refusal_reason(None, SLOT, SLOT) is DeliveryReason.UNSUBSCRIBED
    assert refusal_reason(replace(ORDER, paused_at=SLOT), SLOT, SLOT) is DeliveryReason.PAUSED


@given(
    st.sampled_from(LatePolicy),
    st.integers(0, 48),
    st.timedeltas(timedelta(hours=-1), timedelta(days=5)),
    st.booleans(),
)
def test_a_digest_on_time_is_posted_and_none_after_its_deadline(
    policy: LatePolicy, hours: int, late: timedelta, begun: bool
) -> None:
    order = replace(ORDER, late=policy, late_hours=hours)
    reason = refusal_reason(order, SLOT, SLOT + late, begun=begun)
    if late <= ON_TIME:
        assert reason is None
    if SLOT + late > deadline(order, SLOT):
        assert reason is not None
