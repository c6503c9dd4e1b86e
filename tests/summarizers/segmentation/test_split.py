"""Division of documents into stories: by separators and by words, nothing lost, nothing added."""

from __future__ import annotations

import random
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizers.segmentation.split import single_story, split_stories
from tests.summarizers.golden_stories import BODIES, ENGLISH, stories_in

SHARED = Path(__file__).parents[3].parent / "shared"


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("drawn lines", "\n---\n".join("\n\n".join(body) for body in BODIES)),
        ("stars", "\n\n* * *\n\n".join("\n".join(body) for body in BODIES)),
        ("signs", "\n###\n".join("\n".join(body) for body in BODIES)),
        ("equals", "\n======\n".join("\n".join(body) for body in BODIES)),
        ("headings", "\n\n".join(f"## {title}\n\n" + "\n\n".join(body) for title, body in ENGLISH)),
        (
            "a heading of all",
            "# The morning's news\n\n" + "\n\n".join(f"## {title}\n\n" + "\n\n".join(body) for title, body in ENGLISH),
        ),
        ("blank lines around groups", "\n\n".join("\n".join(body) for body in BODIES)),
        ("more blank lines around groups", "\n\n\n\n".join("\n\n".join(body) for body in BODIES)),
        ("numbers", "\n".join(f"{number}. {' '.join(body)}" for number, body in enumerate(BODIES, 1))),
        ("numbered headlines", "\n".join(f"{n}. {t}\n" + "\n".join(b) for n, (t, b) in enumerate(ENGLISH, 1))),
        (
            "a feed's records",
            "\n\n".join(
                f"Title: {title}\nLink: https://example.org/{n}\nDate: Mon, 3 Mar 2025 10:00:00 GMT\n"
                f"Description: {body[0]} {body[1]}"
                for n, (title, body) in enumerate(ENGLISH)
            ),
        ),
        (
            "a feed without names of fields",
            "\n".join(
                f"{title}\nhttps://example.org/{n}\n3 March 2025\n{body[0]} {body[1]}"
                for n, (title, body) in enumerate(ENGLISH)
            ),
        ),
        (
            "boilerplate between",
            "\n".join(
                "\n".join([t, "By Jane Doe", "Photo: Ann Lee/Coastal Wire", *b, "Read more", "Advertisement", "1.2K shares"])
                for t, b in ENGLISH
            ),
        ),
        ("teasers", "\n".join(" ".join(body)[:230].rsplit(" ", 1)[0] for body in BODIES)),
    ],
)  # fmt: skip
def test_separators_divide_a_document(name: str, document: str) -> None:
    found = split_stories(document)
    assert len(found) == len(BODIES), name
    for story, body in zip(found, BODIES, strict=True):
        assert body[0].split()[-1] in story.body or story.truncated


def test_windows_line_ends_are_line_ends() -> None:
    document = "\n---\n".join("\n\n".join(body) for body in BODIES)
    plain, windows = split_stories(document), split_stories(document.replace("\n", "\r\n"))
    assert [story.paragraphs for story in plain] == [story.paragraphs for story in windows]


def test_a_report_with_headings_of_its_own_stays_one() -> None:
    title, body = ENGLISH[1]
    parts = [("What was found", body[:2]), ("How it works", body[2:4]), ("What happens now", body[4:])]
    document = f"# {title}\n\n" + "\n\n".join(f"## {head}\n\n" + "\n\n".join(lines) for head, lines in parts)
    assert len(split_stories(document)) == 1


def test_a_report_with_drawn_lines_stays_one() -> None:
    assert len(split_stories("\n\n* * *\n\n".join(ENGLISH[1][1]))) == 1


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "zh", "ja"])
def test_headlines_divide_in_many_languages(language: str) -> None:
    one, two = stories_in(language)[:2]
    first, second = split_stories("\n".join([one[0], *one[1], two[0], *two[1]]))
    assert (first.title, second.title) == (one[0], two[0])
    assert second.paragraphs == tuple(two[1])


@pytest.mark.parametrize("language", ["de", "fr", "es", "ru", "zh", "ja", "ar"])
def test_one_story_is_not_divided_in_many_languages(language: str) -> None:
    for title, body in stories_in(language):
        assert len(split_stories("\n\n".join([title, *body]))) == 1


PAGES = (
    "harbour-herald",
    "meridian-wire",
    "tagblatt-am-see",
    "el-faro-del-sur",
    "jaridat-al-mina",
    "minato-shimbun",
    "gang-wan-ri-bao",
)


def page_of(name: str) -> list[list[str]]:
    """The stories of a seed of plain lines, each with its headline first: a short line without a stop."""
    lines = (Path(__file__).parents[3] / "seeds" / f"{name}.txt").read_text("utf-8").splitlines()
    found: list[list[str]] = []
    for line in filter(str.strip, lines):
        if len(line) < 90 and line[-1].isalnum():
            found.append([line])
        elif found and line[:1] not in "‘*-" and not line.split(":")[0].isupper():  # no teaser, no drawn line
            found[-1].append(line)
    return [story for story in found if len(story) > 1]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("seed", range(4))
def test_stories_with_a_headline_line_are_divided_in_any_order(name: str, seed: int) -> None:
    stories = page_of(name)
    random.Random(seed).shuffle(stories)
    found = split_stories("\n".join(line for story in stories for line in story))
    assert [(story.title, len(story.paragraphs)) for story in found] == [(s[0], len(s) - 1) for s in stories]


CROSSHEADS = {
    "en": ("What the rescuers found there", "How the villages are coping now", "What has to happen next"),
    "de": ("Was die Retter dort gefunden haben", "So geht es den Menschen im Tal", "Was jetzt noch geschehen muss"),
    "es": ("Lo que encontraron los rescatistas", "Cómo se organizan los vecinos", "Qué tiene que pasar ahora"),
    "ja": ("救助隊が見たもの", "住民の暮らしは今", "これからの課題"),
    "zh": ("救援人員看到的情況", "居民現在的生活", "接下來要做的事"),
    "ar": ("ماذا وجد رجال الإنقاذ هناك", "كيف يعيش السكان الآن", "ما الذي يجب أن يحدث بعد ذلك"),
}

FEATURES_OF = {
    "en": "harbour-herald",
    "de": "tagblatt-am-see",
    "es": "el-faro-del-sur",
    "ja": "minato-shimbun",
    "zh": "gang-wan-ri-bao",
    "ar": "jaridat-al-mina",
}


@pytest.mark.parametrize("language", CROSSHEADS)
def test_a_feature_with_lines_over_its_parts_stays_one(language: str) -> None:
    title, *body = page_of(FEATURES_OF[language])[0]
    heads = CROSSHEADS[language]
    lines = [title, body[0]]
    for head, paragraph in zip(heads, body[1:], strict=False):
        lines += [head, paragraph]
    assert len(split_stories("\n".join(lines))) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Miners at Upper Tarn walk out",
        "Births at Upper Tarn fall again",
        "Mine at Upper Tarn shuts down",
        "Miners' choir sings on",
    ],
)
def test_a_headline_may_end_in_a_word_that_few_sentences_end_in(title: str) -> None:
    lead = (
        f"{title.rsplit(maxsplit=1)[0]}, the company said on Monday, for the first time since the great flood of 1954."
    )
    found = split_stories("\n".join([*BODIES[1], title, lead, "Nobody at the office could be reached."]))
    assert [story.title for story in found] == [None, title]


def test_boilerplate_alone_is_no_story() -> None:
    assert split_stories("Read more\n\nAdvertisement\n© 2020 Coastal Wire\nBy Jane Doe\n12 comments") == []


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\x00", "\ufeff\n", "---", "* * *\n\n---"])
def test_text_without_words_has_no_story(text: str) -> None:
    assert split_stories(text) == []
    assert single_story(text).paragraphs == ()


def test_lines_that_are_no_body_go_to_their_fields() -> None:
    title, body = ENGLISH[0]
    story = single_story(
        "\n".join(
            [
                title, "By Jane Doe and Li Wei", "Updated: May 4, 2025, 3:23 PM ET", *body, "Read more",
                "Additional reporting by Omar Said in Danvers; Editing by Ann Lee", "© 2025 Coastal Wire. All rights reserved.",
            ]
        )
    )  # fmt: skip
    assert story.title == title
    assert story.byline == "By Jane Doe and Li Wei"
    assert story.dateline == "PORT ELLERY, May 4 (Coastal Wire)"
    assert story.credits == (
        "Additional reporting by Omar Said in Danvers; Editing by Ann Lee",
        "© 2025 Coastal Wire. All rights reserved.",
    )
    assert story.paragraphs[0].startswith("Ferries will cross")
    assert story.paragraphs[-1] == body[-1]


@pytest.mark.parametrize("credit", ["(AFP)", "– Reuters", "REUTER"])
def test_a_credit_behind_the_last_sentence_is_taken_off(credit: str) -> None:
    story = single_story(f"{' '.join(BODIES[3])} {credit}")
    assert story.credits == (credit,)
    assert story.body.endswith("June 12.")


def test_a_deck_glued_to_the_body_is_separated_from_it() -> None:
    deck = "The council wants three new piers, a ferry terminal and a fish market by 2031, the mayor said"
    body = "Port Ellery City Council on Monday approved a plan to rebuild its harbor. Work is to begin in autumn."
    story = single_story(f"HARBOR PLAN: {deck} {body}")
    assert (story.kicker, story.deck, story.body) == ("HARBOR PLAN", deck, body)


def test_a_kicker_without_a_deck_leaves_the_body_whole() -> None:
    body = "Japan and Chile signed an agreement on Tuesday that cuts tariffs on copper and wine. Exporters welcomed it."
    story = single_story(f"TRADE DEAL: {body}")
    assert (story.kicker, story.deck, story.body) == ("TRADE DEAL", None, body)


def test_a_number_at_the_start_of_a_story_is_its_own() -> None:
    assert single_story("1. FC Lindenau gewann am Samstag gegen Alder mit 2:1.").body.startswith("1. FC")


def test_a_text_that_breaks_off_is_truncated() -> None:
    whole = " ".join(BODIES[4])
    assert not single_story(whole).truncated
    assert single_story(whole[:200].rsplit(" ", 1)[0]).truncated
    assert single_story(whole[:200].rsplit(" ", 1)[0] + " ...").truncated


def test_a_story_that_ends_in_a_caption_is_not_truncated() -> None:
    assert not single_story("\n".join([*BODIES[4], "Harbour at night"])).truncated


def test_lines_of_a_fixed_width_are_one_paragraph() -> None:
    document = "\n\n".join("\n".join(textwrap.wrap(" ".join(body), 72)) for body in BODIES)
    assert [len(story.paragraphs) for story in split_stories(document)] == [1] * len(BODIES)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 60_000,
        "字" * 30_000,
        "- milk\n- bread\n- eggs\n- two lemons\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "def f(x):\n    return x + 1\n\nprint(f(2))\n",
        "Roses are red\nviolets are blue\nsugar is sweet\nand so are you\n",
        "שלום עולם\nمرحبا بالعالم\n",
        "a\x00b\nc\x00\n",
        "1 2 3\n" * 500,
        "\u2028line\u2029other\x85third\x0bfourth",
        "((((((((((" * 300,
        "May 1 May 2 May 3 " * 12,
        "A, " * 70,
        "By " + "A B " * 28,
    ],
)
def test_odd_texts_do_no_harm(text: str) -> None:
    for story in split_stories(text):
        assert story.paragraphs


_LINES = st.lists(
    st.one_of(
        st.sampled_from([line for body in BODIES for line in body]),
        st.sampled_from([title for title, _ in ENGLISH]),
        st.sampled_from(["Read more", "---", "", "", "By Jane Doe", "AUKUS: A deck", "## Heading", "1. One", "Title: x", "Link: y"]),
        st.text(max_size=80),
    ),
    max_size=25,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(_LINES, st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_paragraphs_are_verbatim_in_order_and_apart(lines: list[str], between: str) -> None:
    text = between.join(lines)
    found = split_stories(text)
    assert found == split_stories(text)
    assert [story.position for story in found] == list(range(len(found)))
    at = 0
    for story in found:
        start, end = story.span
        assert at <= start < end <= len(text)
        here = start
        for paragraph in story.paragraphs:
            assert paragraph.strip()
            here = text.index(paragraph, here) + len(paragraph)
            assert here <= end
        for part in (story.title, story.kicker, story.deck, story.dateline, *story.credits):
            assert part is None or part in text[start:end]
        at = end


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False), st.sampled_from(["\n", "\n\n"]))
def test_no_sentence_of_a_body_is_lost(rng: random.Random, between: str) -> None:
    chosen = rng.sample(BODIES, rng.randint(1, 6))
    text = between.join(line for body in chosen for line in body)
    kept = "\n".join(story.body for story in split_stories(text))
    for line in (line for body in chosen for line in body):
        assert line.partition(" - ")[2] in kept if line.startswith("PORT ELLERY") else line in kept


@settings(deadline=None, max_examples=60)
@given(_LINES)
def test_one_story_and_its_parts_have_the_same_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    whole = single_story(text)
    assert bool(whole.paragraphs) == bool(split_stories(text)) or whole.paragraphs
    assert single_story(text) == whole


def test_long_documents_are_judged_in_parts_without_seams() -> None:
    # 160 paragraphs are four parts; what is far away changes nothing but the document's own means
    text = "\n".join(line for _ in range(6) for body in BODIES for line in body)
    found = split_stories(text)
    assert "\n".join(story.body for story in found).count("Kofi Mensah") == 6
    for before, after in pairwise(found):
        assert before.span[1] <= after.span[0]


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="needs ../shared/seeds")
def test_the_seed_has_one_report_and_four_teasers() -> None:
    (path,) = (SHARED / "seeds").glob("*.txt")
    text = path.read_text("utf-8")
    found = split_stories(text)
    assert [len(story.paragraphs) for story in found] == [12, 1, 1, 1, 1]
    assert [story.kicker for story in found] == [None, "NEXT GENERATION", None, "AUKUS", "‘WORLD WAR III’"]
    assert [story.truncated for story in found] == [False, True, True, True, True]
    assert [bool(story.deck) for story in found] == [False, True, False, True, True]


def test_another_script_is_another_story() -> None:
    (one, first), (two, second) = stories_in("en")[1], stories_in("ru")[0]
    found = split_stories("\n".join([*first, *second, *stories_in("ar")[0][1], *ENGLISH[3][1]]))
    assert [story.paragraphs[0].split()[0] for story in found] == ["A", "В", "افتتحت", "Millbrook"]
    assert one != two


_NOTICES = (
    "A court in Nairobi has fined a brewery two million shillings for pouring waste water into a river.",
    "Iceland's women's team beat Portugal 3-1 in Porto on Sunday and reached the final of the handball cup.",
    "The price of olive oil has doubled in Greece after a second dry winter, the statistics office in Athens said.",
)


@pytest.mark.parametrize("between", ["12 comments", "Read more", "Photo: The Lantern", "By Ada Quill"])
def test_boilerplate_where_stories_meet_helps_to_divide_them(between: str) -> None:
    apart = split_stories(f"\n{between}\n".join(_NOTICES))
    assert [story.paragraphs[0] for story in apart] == list(_NOTICES)


@pytest.mark.parametrize("within", ["Advertisement", "Story continues below", "Read more", "Photo: The Lantern"])
def test_boilerplate_within_a_story_does_not_divide_it(within: str) -> None:
    body = BODIES[0]
    lines = [line for at, line in enumerate(body) for line in ((line, within) if at % 2 else (line,))]
    (story,) = split_stories("\n".join(lines))
    assert len(story.paragraphs) == len(body)


def test_one_long_sentence_without_its_stop_is_truncated() -> None:
    (story,) = split_stories(
        "The makers of the kettle, a family firm in the valley for ninety years, plan to close the older of their two "
        "works before the winter and to move its eleven presses to the newer one, which would cost 40"
    )
    assert story.truncated


@pytest.mark.parametrize("mark", ["---", "* * *", "## {}", "{}."])
def test_dozens_of_separators_divide_stories_in_the_same_words(mark: str) -> None:
    report = "A bus left the road near the town of {}, and {} people were hurt, the police said on Monday."
    stories = [report.format(name, at + 2) for at, name in enumerate(("Arbon", "Brill", "Corve", "Delph") * 15)]
    lines = [
        f"{mark.format(at)} {story}" if mark == "{}." else f"{mark.format(f'Bus accident {at}')}\n{story}"
        for at, story in enumerate(stories, 1)
    ]
    assert len(split_stories("\n".join(lines))) == len(stories)


def test_a_long_report_of_which_two_lines_touch_stays_one() -> None:
    paragraphs = [
        f"The council of Arbon spent its {number}th hour on the bridge, and the mayor of Arbon spoke of the bridge again."
        for number in range(4, 64)
    ]
    assert len(split_stories("\n\n".join(["\n".join(paragraphs[:2]), *paragraphs[2:]]))) == 1


SHORT = {
    "sv": [
        "Färjan till Skarra går igen efter elva veckors reparation",
        "Färjan mellan Gammelhamn och ön Skarra avgick i torsdags för första gången sedan en vinterstorm slet loss lastrampen från kajen.",
        "Omkring 240 personer och 31 bilar fanns ombord när fartyget lämnade hamnen klockan sju. Den nya rampen kostade 2,3 miljoner kronor, enligt rederiet.",
        "Öborna var hänvisade till en fiskebåt för mat och medicin. ”Vi åt mycket gröt”, säger Ina Lind, som driver öns enda butik.",
    ],
    "tr": [
        "Skarra feribotu on bir haftalık onarımdan sonra yeniden sefere başladı",
        "Eskiliman ile Skarra adası arasındaki feribot, kış fırtınasının yükleme rampasını rıhtımdan kopardığı günden bu yana ilk kez perşembe günü sefere çıktı.",
        "Gemi sabah yedide limandan ayrılırken 240 kadar yolcu ve 31 araç gemideydi. Şirket yeni rampanın 2,3 milyon liraya mal olduğunu açıkladı.",
        'Adalılar yiyecek ve ilaç için bir balıkçı teknesine muhtaçtı. Adadaki tek dükkânı işleten İnci Laçin, "Çok lapa yedik" dedi.',
    ],
    "el": [
        "Το πλοίο για τη Σκάρα ταξιδεύει ξανά έπειτα από έντεκα εβδομάδες επισκευών",
        "Το πλοίο ανάμεσα στο Παλιό Λιμάνι και το νησί Σκάρα απέπλευσε την Πέμπτη για πρώτη φορά αφότου μια χειμερινή καταιγίδα ξερίζωσε τη ράμπα από την προβλήτα.",
        "Περίπου 240 άνθρωποι και 31 αυτοκίνητα ήταν στο πλοίο όταν άφησε το λιμάνι στις επτά το πρωί. Η νέα ράμπα κόστισε 2,3 εκατομμύρια ευρώ, ανακοίνωσε η εταιρεία.",
        "Οι νησιώτες εξαρτιόνταν από ένα ψαροκάικο για τρόφιμα και φάρμακα. «Φάγαμε πολύ χυλό», είπε η Ίνα Λαζάρου, που έχει το μοναδικό μαγαζί του νησιού.",
    ],
    "zh": [
        "斯卡拉岛渡轮维修十一周后恢复通航",
        "往返旧港与斯卡拉岛的渡轮周四恢复通航，这是去年冬季风暴把装卸坡道从码头上掀走以来的首次航行。",
        "早上七点渡轮离港时，船上约有240名乘客和31辆汽车。运营公司说，新坡道耗资230万元。",
        "此前岛民一直靠一艘渔船运送食品和药品。岛上唯一一家商店的店主李英说：“我们喝了很多粥。”",
    ],
}
"""A headline and three paragraphs that share hardly a word."""


@pytest.mark.parametrize("language", SHORT)
def test_a_short_report_below_its_headline_stays_one(language: str) -> None:
    assert len(split_stories("\n\n".join(SHORT[language]))) == 1
