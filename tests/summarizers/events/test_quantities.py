from __future__ import annotations

import pytest

from summarizers.events.quantities import quantities, quantities_weight


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("38 people and 2.5 million dollars, 1,200 jobs, up 3.4% on 5 May 2020 at 10:30", "en"),
        ("38 Tote, 2,5 Mio. Euro, 1.200 Stellen, 3,4 Prozent am 5. Mai 2020", "de"),
        ("38 personnes, 2,5 millions d'euros, 1 200 postes, 3,4 % le 5 mai", "fr"),
        ("38 personas, 2,5 millones de euros, 1.200 empleos, un 3,4 por ciento el 5 de mayo de 2020", "es"),
        ("38 osob, 2,5 milionu korun, 1 200 míst, o 3,4 procenta 5. května", "cs"),
        ("38 osób, 2,5 mln zł, 1200 miejsc, o 3,4 proc. 5 maja", "pl"),
        ("38 человек, 2,5 миллиона рублей, 1200 мест, 3,4 процента, 5 мая 2020 года", "ru"),
        ("38 осіб, 2,5 мільйона, 1200 місць, 3,4 відсотка 5 травня", "uk"),
        ("38 άτομα, 2,5 εκατομμύρια ευρώ, 1.200 θέσεις, 3,4 τοις εκατό", "el"),
        ("38 kişi, 2,5 milyon lira, 1.200 iş, yüzde 3,4 arttı", "tr"),
        ("٣٨ قتيلا و2.5 مليون دولار و1200 وظيفة بنسبة 3.4 بالمئة", "ar"),
        ("38 איש, 2.5 מיליון דולר, 1,200 משרות, 3.4 אחוז", "he"),
        ("38 लोग, 25 लाख रुपये, 1,200 नौकरियां, 3.4 प्रतिशत", "hi"),
        ("38人が死亡、250万ドル、1200人、3.4％、5月3日10時", "ja"),
        ("38名员工，250万美元，1200人，增长3.4%，5月3日", "zh"),
        ("38명, 250만 달러, 1200명, 3.4퍼센트, 5월 3일", "ko"),
    ],
)  # fmt: skip
def test_a_quantity_is_written_alike_in_every_language(text: str, language: str) -> None:
    assert quantities(text, language) == ["38", "2500000", "1200", "3.4%"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("fifteen people", "en"), ("fünfzehn Menschen", "de"), ("patnáct lidí", "cs"), ("п'ятнадцять людей", "uk"),
        ("δεκαπέντε άτομα", "el"), ("पंद्रह लोग", "hi"), ("十五人", "ja"), ("piętnastu górników", "pl"),
    ],
)  # fmt: skip
def test_small_numbers_may_be_words(text: str, language: str) -> None:
    assert quantities(text, language) == ["15"]


def test_dates_years_and_times_are_no_quantities() -> None:
    assert quantities("On March 5, 2021 at 14:30, and again on 7 June 1999", "en") == []
    assert quantities("Am 3.10.2021 um 14 Uhr", "de") == []


def test_sharing_a_large_or_exact_quantity_says_more() -> None:
    weights = [quantities_weight([value]) for value in ("3", "41", "2000", "4873")]
    assert weights == sorted(weights)
    assert len(set(weights)) == 4
    assert quantities_weight(["3.4%"]) == quantities_weight(["4873"])
