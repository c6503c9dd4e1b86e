from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.labels.countries import countries, country_name, names, resolve
from summarizers.labels.gazetteer import table
from tests.summarizers.country_cases import ENGLISH, FOREIGN, Case

DATA = Path(__file__).parents[2] / "summarizers" / "data"
DEVELOPMENT = Path(__file__).parents[2].parent / "shared" / "data" / "countries" / "dev.jsonl"


def about(text: str, language: str | None = None) -> set[str]:
    return {country.code for country in countries(text, language) if country.salience >= 0.25}


# Which countries a story is about


@pytest.mark.parametrize("case", ENGLISH, ids=lambda case: case.text[:40])
def test_an_english_story_is_about_the_countries_that_act_in_it(case: Case) -> None:
    found = countries(case.text, "en")
    assert {country.code for country in found if country.salience >= 0.25} == set(case.about.split())
    assert not {country.code for country in found} & set(case.never.split())


@pytest.mark.parametrize(
    ("language", "case"),
    [
        pytest.param(language, case, id=f"{language} {case.text[:30]}")
        for language, cases in FOREIGN.items()
        for case in cases
    ],
)
def test_a_story_in_another_language_is_about_its_countries(language: str, case: Case) -> None:
    found = countries(case.text, language)
    assert {country.code for country in found if country.salience >= 0.25} == set(case.about.split())
    assert not {country.code for country in found} & set(case.never.split())


def test_the_country_that_acts_comes_before_those_that_are_mentioned() -> None:
    found = countries(
        "Portugal will raise its minimum wage\nLISBON, May 4 - Portugal said wages would rise by a tenth. Portuguese "
        "unions had asked for more. Spain raised its own in January, and Greece may follow.",
        "en",
    )
    assert found[0].code == "PT"
    assert found[0].salience > 0.9
    assert {country.code: country.salience for country in found}["GR"] < 0.25


def test_a_dateline_speaks_for_its_country_even_from_a_small_town() -> None:
    (country,) = countries("KISUMU, Kenya, May 4 (Reuters) - Rice growers met on Monday.", "en")
    assert (country.code, {one.kind for one in country.evidence}) == ("KE", {"dateline"})
    (country,) = countries("HARVEY, Ill., May 4 - The foundry said it would close.", "en")
    assert country.code == "US"
    (country,) = countries("REGENSBURG, May 4 - The choir sings again.", "en")
    assert country.code == "DE"


def test_evidence_says_which_words_speak_for_a_country() -> None:
    text = "The Bank of Japan in Tokyo let the yen rise, Japanese traders said."
    (country,) = countries(text, "en")
    assert [(one.text, one.kind) for one in country.evidence] == [
        ("Bank of Japan", "body"),
        ("Tokyo", "city"),
        ("yen", "currency"),
        ("Japanese", "demonym"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "about_them"),
    [
        ("de", "Der georgische Minister und eine kenianische Forscherin stellten die Studie vor.", {"GE", "KE"}),
        ("fr", "L’équipe tchadienne a battu l’équipe lettone devant deux mille spectateurs.", {"TD", "LV"}),
        ("es", "El corredor keniano venció al campeón etíope en los últimos metros.", {"KE", "ET"}),
        ("pt", "A ministra moçambicana recebeu o colega paquistanês no porto.", {"MZ", "PK"}),
        ("it", "La squadra boliviana ha battuto quella tunisina ai rigori.", {"BO", "TN"}),
        ("nl", "De Keniaanse loopster versloeg haar Finse rivale op de laatste heuvel.", {"KE", "FI"}),
        ("sv", "Den rumänska regeringen och den filippinska delegationen skrev under.", {"RO", "PH"}),
        ("pl", "Gruziński minister i nigeryjska delegacja podpisali umowę.", {"GE", "NG"}),
        ("cs", "Keňský běžec porazil etiopského mistra v posledním kole.", {"KE", "ET"}),
        ("ru", "Эфиопская сборная обыграла чилийскую команду по пенальти.", {"ET", "CL"}),
        ("uk", "Грузинська делегація зустрілася з кенійським міністром.", {"GE", "KE"}),
    ],
)
def test_adjectives_speak_for_lesser_countries_in_other_languages(
    language: str, text: str, about_them: set[str]
) -> None:
    assert about(text, language) == about_them


def test_a_newspaper_named_after_a_country_is_no_evidence() -> None:
    assert "LB" not in {country.code for country in countries("The Lebanon Daily News closed.", "en")}


def test_english_words_count_in_a_short_text_that_is_taken_for_another_language() -> None:
    for language in ("nl", "de", "sv", "fr"):
        assert about("North Korean leader Kim Jong Un oversaw a test.", language) == {"KP"}


def test_money_alone_does_not_make_a_story() -> None:
    assert about("The bond of 300 million dollars pays two points over the yen rate.", "en") == set()


def test_us_dollars_are_money_and_not_the_united_states() -> None:
    (country,) = countries("The fund paid US$500 million.", "en")
    assert [(one.text, one.kind) for one in country.evidence] == [("US$", "currency")]
    assert country.salience < 0.25
    assert about("Taiwan spent NT$30 million on buoys.", "en") == {"TW"}


def test_text_without_places_gives_nothing() -> None:
    assert countries("") == []
    assert countries("   \n") == []
    assert countries("The cat sat on the mat.") == []


def test_the_language_is_identified_when_it_is_not_given() -> None:
    assert about(
        "Deutschland und Frankreich wollen gemeinsam einen neuen Zug bauen, sagte der Minister am Montag."
    ) == {
        "DE",
        "FR",
    }


@pytest.mark.parametrize("language", sorted(table()["names"]))
def test_cldrs_name_of_every_country_is_found_in_a_text_of_its_language(language: str) -> None:
    # Two countries are a Congo in Spanish; Kinshasa's is the likelier.
    shared = {("es", "CG")}
    for code, name in names(language).items():
        found = {country.code for country in countries(f"{name}, 2027.", language)}
        assert code in found or (language, code) in shared, (code, name, found)


# Laws

_HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\ud800\udfffİıß\u202e\u200f\u0000’.,\n -–")), max_size=300
)
_WORDS = st.lists(
    st.sampled_from(
        [
            "Japan",
            "china",
            "US",
            "us",
            "Turkey,",
            "Georgia",
            "Jordan",
            "Chad",
            "Paris",
            "Texas",
            ",",
            "Ohio",
            "(Reuters)",
            "-",
            "\n",
            "said",
            "U.S.",
            "日本",
            "Россия",
            "İran",
            "GUINEA-BISSAU",
            "Ind.",
            "May",
            "4",
            "-",
            "中国",
            "ألمانيا",
            "Mr.",
            "Michael",
            ".",
            "<GECL.L>",
            "$5",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(_HOSTILE, _WORDS), st.sampled_from([None, "en", "de", "ru", "zh", "ar", "ko", "hi", "th"]))
@settings(max_examples=300, deadline=None)
def test_evidence_is_verbatim_and_salience_a_share_whatever_the_text(text: str, language: str | None) -> None:
    found = countries(text, language)
    assert found == countries(text, language)
    assert [(-country.salience, country.code) for country in found] == sorted(
        (-country.salience, country.code) for country in found
    )
    assert len({country.code for country in found}) == len(found)
    for country in found:
        assert country.code in names("en")
        assert 0.0 <= country.salience <= 1.0
        assert country.evidence
        assert [one.start for one in country.evidence] == sorted(one.start for one in country.evidence)
        for one in country.evidence:
            assert text[one.start : one.end] == one.text != ""
            assert one.kind in {"name", "demonym", "city", "body", "leader", "currency", "dateline", "flag"}


@pytest.mark.parametrize(
    "piece",
    [
        "Japan, ",
        "Michael Jordan and Jordan. ",
        "Paris, Texas, ",
        "in Regensburg in in ",
        "Japan 11111111111111111111111111111 China x ",
        "A Japan - ",
        "\n\n.\n",
        "a. B. ",
        "日本中国",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(text: str) -> float:
        best = 9e9
        for _ in range(3):
            started = time.process_time()
            countries(text, "en")
            best = min(best, time.process_time() - started)
        return best

    short, long = piece * (20_000 // len(piece)), piece * (200_000 // len(piece))
    countries(short, "en")
    # Ten times the text in less than thirty times the time: quadratic would be a hundred.
    assert seconds(long) < 30 * max(seconds(short), 0.001)


# Names


def test_names_come_in_the_locales_language() -> None:
    assert country_name("JP") == "Japan"
    assert country_name("jp", "pt-BR") == "Japão"
    assert country_name("DE", "fr") == "Allemagne"
    assert country_name("CN", "zh-TW") == "中國"
    assert country_name("NO", "da") == "Norge"
    assert country_name("NO", "xx-YY") == "Norway"
    assert country_name("??", "de") == "??"
    assert set(names("de")) == set(names("hi")) == set(table()["codes"].split())


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *[("jp", "JP"), ("JPN", "JP"), ("japan", "JP"), ("Japanese", "JP"), ("日本", "JP"), (" JAPÓN ", "JP")],
        *[("Deutschland", "DE"), ("uk", "GB"), ("UK", "GB"), ("Great Britain", "GB"), ("usa", "US"), ("US", "US")],
        *[("Ivory Coast", "CI"), ("cote d'ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("South Korea", "KR")],
        *[("korea", "KR"), ("holland", "NL"), ("the netherlands", "NL"), ("Dutch", "NL"), ("türkiye", "TR")],
        *[("Turkey", "TR"), ("Росія", "RU"), ("россия", "RU"), ("ألمانيا", "DE"), ("भारत", "IN"), ("Ελλάδα", "GR")],
        *[("ישראל", "IL"), ("한국", "KR"), ("대한민국", "KR"), ("臺灣", "TW"), ("taiwan", "TW"), ("czechia", "CZ")],
        *[("Burma", "MM"), ("Federal Republic of Germany", "DE"), ("Bosnia", "BA"), ("Russian Federation", "RU")],
        *[("guinea bissau", "GW"), ("guinea", "GN"), ("niger", "NE"), ("Nigerian", "NG"), ("🇧🇷", "BR"), ("xk", "XK")],
    ],
)
def test_a_country_is_known_by_every_name_that_people_type(word: str, code: str) -> None:
    assert resolve(word) == code


@pytest.mark.parametrize(
    "word",
    ["", " ", "atlantis", "tokyo", "Tibet", "Catalogne", "Siberia", "🇦", "🇽🇽", "the", "eur", "\ud800", "x" * 10_000],
)
def test_what_is_no_country_is_none(word: str) -> None:
    assert resolve(word) is None


@given(st.text(max_size=120))
def test_resolve_gives_a_code_or_none_for_any_word(word: str) -> None:
    code = resolve(word)
    assert code is None or code in names("en")


def test_every_name_in_twenty_languages_resolves_to_a_country_with_that_name() -> None:
    for language in table()["names"]:
        shared = names(language)
        for name in shared.values():
            found = resolve(name)
            assert found is not None, (language, name)


def test_a_code_means_the_country_of_that_code() -> None:
    for code in names("en"):
        assert resolve(code) == resolve(code.lower()) == code


# Tables


def test_importing_reads_no_table() -> None:
    script = (
        "import sys; import summarizers.labels.countries as p; import summarizers.labels.gazetteer as g;"
        "assert g.table.cache_info().currsize == 0; assert 'babel' not in sys.modules and 'pycountry' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_tables_name_their_sources() -> None:
    assert "CLDR" in table()["source"]
    assert "geonames.org" in table()["source"]
    for name in ("territories.toml", "territories_traps.toml", "territories_languages.toml"):
        assert (DATA / name).read_text(encoding="utf-8").startswith("#")


def test_the_table_is_what_the_build_script_makes() -> None:
    pytest.importorskip("geotext", reason="geotext carries GeoNames' cities; it is in the bench group")
    from training.territories import build

    assert json.loads(build()) == table()


def test_every_country_has_its_evidence() -> None:
    listed = tomllib.loads((DATA / "territories.toml").read_text(encoding="utf-8"))
    assert set(listed) == set(names("en"))
    assert all("name" in kinds for kinds in listed.values())


# Quality


SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "000_b69783230868d2f4.txt"


def test_the_countries_that_act_lead_the_first_story_of_the_shared_seed() -> None:
    if not SEED.exists():
        pytest.skip("the shared seed is not beside the checkout (../shared/seeds)")
    first = SEED.read_text(encoding="utf-8").partition("NEXT GENERATION")[0]
    assert {country.code for country in countries(first)[:2]} == {"JP", "CN"}


def test_labels_of_real_stories_are_found() -> None:
    if not DEVELOPMENT.exists():
        pytest.skip("the development data is not beside the checkout (../shared/data/countries)")
    rows = [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
    right = chosen = labels = 0
    for row in rows:
        found, wanted = about(row["text"], "en"), set(row["countries"])
        right, chosen, labels = right + len(found & wanted), chosen + len(found), labels + len(wanted)
    assert 2 * right / (chosen + labels) > 0.88
