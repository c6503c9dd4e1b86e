"""The sentences that a headline may be made from: days, insertions and second clauses are off."""

from __future__ import annotations

import pytest

from summarizers.headlines.lead_sentences import iter_lead_sentences
from summarizers.types import Story


def first(text: str, language: str) -> str:
    return next(iter_lead_sentences(Story(position=0, paragraphs=(text,)), language))


@pytest.mark.parametrize(
    ("language", "sentence", "wanted"),
    [
        ("en", "On Friday evening, the court ruled that the port may open.", "The court ruled that the port may open."),
        ("en", "On Friday the court ruled that the port may open.", "The court ruled that the port may open."),
        ("ru", "В субботу город открыл новый порт на реке.", "Город открыл новый порт на реке."),
        ("en", "The court, on Thursday, ruled that the port may open.", "The court ruled that the port may open."),
        ("en", "The council announced Sunday that the port is open.", "The council announced that the port is open."),
        ("en", "Houses burned in Karaj, the second city, yesterday.", "Houses burned in Karaj, the second city."),
        ("en", "The bank will pay on Monday, March 4, 2019, in full.", "The bank will pay in full."),
        ("de", "Der Rat gab am Sonntag bekannt, dass der Hafen öffnet.", "Der Rat gab bekannt, dass der Hafen öffnet."),
        ("fr", "La ville a présenté, lundi 14 mai 2019, son projet.", "La ville a présenté son projet."),
        ("es", "El Gobierno anunció este lunes un plan de viviendas.", "El Gobierno anunció un plan de viviendas."),
        ("pt", "O governo anunciou na segunda-feira, 4 de maio, um plano.", "O governo anunciou um plano."),
        ("it", "Il governo ha approvato venerdì sera la legge.", "Il governo ha approvato la legge."),
        ("ru", "Мэр заявил в пятницу, что порт откроют.", "Мэр заявил, что порт откроют."),
        ("uk", "Мер заявив у п’ятницю, що порт відкриють.", "Мер заявив, що порт відкриють."),
        ("cs", "Vláda v pondělí schválila nový zákon o vodě.", "Vláda schválila nový zákon o vodě."),
        ("ja", "12月1日、東京で大規模な火災が発生した。", "東京で大規模な火災が発生した。"),
        ("ja", "釧路市で7日午前、住宅が全焼した。", "釧路市で住宅が全焼した。"),
        ("ja", "社長は11月11日、融資を申請すると述べた。", "社長は融資を申請すると述べた。"),
        ("zh", "国务院周五宣布，从明年起提高税率。", "国务院宣布，从明年起提高税率。"),
        ("zh", "据新华社报道，中国科学家发现新物种。", "中国科学家发现新物种。"),
        ("zh", "周一晚上，法院裁定该公司必须支付罚款。", "法院裁定该公司必须支付罚款。"),
    ],
)  # fmt: skip
def test_days_go(language: str, sentence: str, wanted: str) -> None:
    assert first(sentence, language) == wanted


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The strike runs from Monday until Friday."),
        ("en", "The vote on the new harbour is on Tuesday."),
        ("en", "The Sunday Times has bought a printing works."),
        ("en", "The bridge opens after Friday’s match in Danvers."),
        ("de", "Am Freitag schließt die letzte Mine im Tal."),  # the verb would stand first
        ("ja", "新しい駅は1日約3万人が利用する。"),
        ("ja", "大会は7日から10日間、東京で開かれる。"),
        ("ja", "市長は7日の会見で辞任を表明した。"),
        ("zh", "罢工从周一起在全国港口举行。"),
        ("fr", "La grève dure depuis vendredi dans le port."),
        ("it", "Lo sciopero dura fino a lunedì in tutto il porto."),
    ],
)
def test_days_stay_where_something_hangs_on_them(language: str, sentence: str) -> None:
    assert first(sentence, language) == sentence


def test_an_insertion_and_a_second_clause_go() -> None:
    assert first(
        "The old port — the largest of the coast — will close for a whole year; ships will go to Danvers.", "en"
    ) == ("The old port will close for a whole year.")
    assert first("The port – it says – will close for a year.", "en") == "The port will close for a year."


def test_the_deck_comes_behind_the_first_sentences() -> None:
    body = "Ferries will cross the bay again. Three new ships were bought. A fourth will follow. A fifth will not."
    story = Story(position=0, paragraphs=(body,), deck="A council hopes for tourists from the islands")
    assert list(iter_lead_sentences(story, "en")) == [
        "Ferries will cross the bay again.",
        "Three new ships were bought.",
        "A council hopes for tourists from the islands",
    ]


def test_rows_of_a_chart_make_no_headline() -> None:
    rows = ("██ Harbour Party - 365 seats", "██ Island Party - 203 seats")
    story = Story(position=0, paragraphs=(*rows, "The Harbour Party won the election in Varnia on Thursday."))
    assert next(iter_lead_sentences(story, "en")).startswith("The Harbour Party won")
