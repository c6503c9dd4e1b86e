"""Regions: what lies where, and where no news is from."""

from __future__ import annotations

from bot.newsroom.regions import REGIONS, absent_regions, region_members, region_name


def test_an_absent_continent_stands_for_its_regions() -> None:
    assert absent_regions([]) == ["africa", "americas", "asia", "europe", "oceania"]
    silent = absent_regions(["KE", "US", "FR"])
    assert silent[:4] == ["central-africa", "north-africa", "southern-africa", "west-africa"]
    assert "asia" in silent
    assert "europe" not in silent


def test_a_region_with_news_of_any_of_its_countries_is_not_absent() -> None:
    for region in absent_regions([]):
        for code in region_members(region):
            assert region not in absent_regions([code])


def test_absent_regions_have_names_in_every_interface_language() -> None:
    named = {region for code in ("KE", "US", "CN", "FR", "AU") for region in absent_regions([code])}
    assert named <= set(REGIONS)
    for locale in ("en", "de", "es", "fr", "ja", "pt-BR", "zh-TW"):
        names = {region_name(region, locale) for region in named}
        assert len(names) == len(named)
    assert region_name("southeast-asia", "de") == "Südostasien"
