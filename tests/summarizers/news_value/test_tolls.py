"""Figures: the dead and injured, magnitudes and sums, in many languages; and numbers that count nobody."""

import pytest

from summarizers.news_value.tolls import Figures, read_figures_of
from summarizers.news_value.word_hits import find_words


def figures(text: str, language: str = "en") -> Figures:
    folded = text.casefold()
    return read_figures_of(folded, find_words(folded, language), language)


DEAD = [
    ("en", "14 dead in ferry disaster", 14),
    ("en", "Blast kills 14 and injures 30", 14),
    ("en", "At least 17 people were killed and 35 injured", 17),
    ("en", "A fire in a hotel with 200 rooms killed 17 people", 17),
    ("en", "Seventeen people, including 3 children, were killed", 17),
    ("en", "Death toll rises to 1,200 after quake", 1200),
    ("en", "Dozens killed in market bombing", 24),
    ("en", "Flight 302 crashes, killing 157 on board", 157),
    ("en", "A 61-year-old man and four others were killed", 4),
    ("de", "Mindestens 14 Tote bei Anschlag", 14),
    ("de", "Unglück fordert 1.200 Todesopfer", 1200),
    ("de", "Bei dem Brand wurden drei Menschen getötet", 3),
    ("fr", "Un attentat fait 38 morts et 60 blessés", 38),
    ("es", "Al menos 45 muertos al hundirse una mina", 45),
    ("pt", "Enchente deixa 12 mortos no sul", 12),
    ("it", "Frana, 7 morti e decine di feriti", 7),
    ("nl", "Zeker 19 doden bij treinongeluk", 19),
    ("pl", "W wypadku zginęło 9 osób", 9),
    ("cs", "Při výbuchu zahynulo 16 lidí", 16),
    ("sv", "Minst 23 döda i bussolycka", 23),
    ("ru", "При взрыве погибли 14 человек", 14),
    ("uk", "Через обстріл загинули 6 людей", 6),
    ("tr", "Depremde 41 kişi hayatını kaybetti", 41),
    ("ar", "مقتل 27 شخصا في انفجار", 27),
    ("he", "22 הרוגים ברעידת אדמה", 22),
    ("hi", "हादसे में 13 लोगों की मौत", 13),
    ("el", "Τουλάχιστον 8 νεκροί από την πλημμύρα", 8),
    ("zh", "爆炸造成33人死亡", 33),
    ("zh", "矿难已致十四人遇难", 14),
    ("ja", "地震で死者210人、負傷者1000人", 210),
    ("ja", "バスが転落し14人が死亡した", 14),
    ("ko", "폭발로 14명 숨져", 14),
]


@pytest.mark.parametrize(("language", "text", "count"), DEAD)
def test_the_dead_are_counted(language: str, text: str, count: int) -> None:
    found = figures(text, language)
    assert (found.harm.get("dead") or found.died) == count


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Villagers remember miners killed in 1944"),
        ("en", "Queen of soul dies aged 76"),
        ("en", "Actor dies at 97"),
        ("en", "Woman killed on May 14"),
        ("en", "Man killed on the A14 near Ipswich"),
        ("en", "Killed in the 14th minute"),
        ("de", "Schauspieler im Alter von 79 Jahren gestorben"),
        ("fr", "Le chanteur est mort à 68 ans"),
        ("es", "Muere a los 87 años el exministro"),
        ("zh", "歌手逝世，享年69岁"),
        ("ja", "作家の山田氏が死去、90歳"),
    ],
)
def test_years_ages_and_dates_count_nobody(language: str, text: str) -> None:
    found = figures(text, language)
    assert not found.harm.get("dead")
    assert not found.died


def test_each_number_goes_to_the_nearest_word_of_harm() -> None:
    found = figures("Storm leaves 12 dead, 340 injured and 5,000 homeless; police arrested 9 looters")
    assert found.harm == {"dead": 12, "injured": 340, "missing": 5000, "arrested": 9}


@pytest.mark.parametrize(
    ("language", "text", "magnitude"),
    [
        ("en", "Magnitude 7.4 quake strikes Chile", 7.4),
        ("en", "A 6.9-magnitude quake", 6.9),
        ("en", "Hurricane Delia reaches category 4", 4),
        ("de", "Beben der Stärke 7,1 in der Türkei", 7.1),
        ("es", "Sismo de magnitud 6,2", 6.2),
        ("ja", "マグニチュード8.8の地震", 8.8),
        ("zh", "四川发生7.0级地震", 7.0),
    ],
)
def test_magnitudes_are_read(language: str, text: str, magnitude: float) -> None:
    assert figures(text, language).magnitude == magnitude


def test_sums_of_money_are_read_and_prices_are_not() -> None:
    assert figures("House passes bill with US$500 million for Taiwan").money == 500_000_000
    assert figures("Der Regierung fehlen 60 Milliarden Euro", "de").money == 60_000_000_000
    assert figures("The phone costs 500 dollars").money == 0


def test_a_past_year_tells_of_history() -> None:
    assert figures("The village remembers the fire of 1911").past
    assert not figures("The bridge opens in 2027").past
