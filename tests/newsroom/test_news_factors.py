"""The stored form of factors."""

from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.news_factors import decode_factors, encode_factors
from summarizers.news_value.factors import FACTORS
from summarizers.types import NewsFactor

factors = st.builds(
    NewsFactor,
    st.sampled_from(FACTORS),
    st.booleans(),
    st.none() | st.integers(1, 10**12) | st.sampled_from([6.4, 0.5]),
)


@given(st.lists(factors, max_size=6))
def test_factors_come_back_as_they_were(found: list[NewsFactor]) -> None:
    assert decode_factors(encode_factors(found)) == tuple(found)


def test_parts_in_another_form_are_left_out() -> None:
    assert decode_factors("dead=14 LEADER dead=1.2.3 -told {}") == (
        NewsFactor("dead", True, 14),
        NewsFactor("dead", True, None),
        NewsFactor("told", False, None),
    )
    assert decode_factors("") == ()
