"""Texts as people save them: mails, galleries, lists, links below an article, notices of consent."""

from __future__ import annotations

import pytest

from summarizers.segmentation.furniture import classify_line, find_furniture
from summarizers.segmentation.split import split_stories

TITLE = "Otters return to the canal of Brenford after forty years"
ARTICLE = [
    "Two otters have moved into the old lock of Brenford, the county's wildlife trust said on Tuesday. They were seen by a"
    " camera that was meant to count eels.",
    "The animals had vanished from the canal in the 1980s, when a paint works let its waste into the water. The works closed"
    " in 2004.",
    'Anglers are not all pleased. "An otter eats what I catch in a month," said Rob Tarn, who chairs the club.',
]


def test_headlines_of_other_stories_below_a_text_are_none_of_it() -> None:
    links = ["Otter spotted in Brenford lock", "Anglers ask the county for help", "How the canal became clean again"]
    (story,) = split_stories("\n\n".join([TITLE, *ARTICLE, *links]))
    assert list(story.paragraphs) == ARTICLE
    assert [piece.reason for piece in story.furniture] == ["related"] * len(links)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The winners are:",
            "Best garden in the old town",
            "Best garden on the new estate",
            "Best garden by the canal",
        ],
        ["Otters are back, and so are the eels", "They never left the upper river"],
    ],
)
def test_a_list_that_a_text_announces_stays(lines: list[str]) -> None:
    (story,) = split_stories("\n\n".join([TITLE, *ARTICLE, *lines]))
    assert list(story.paragraphs) == [*ARTICLE, *lines]


@pytest.mark.parametrize("credit", ["Photograph: Ann Lee", "Photo: Ann Lee/Trust", "Foto: Ann Lee"])
def test_captions_of_a_gallery_are_no_text_and_hide_no_headline(credit: str) -> None:
    gallery = ["1/3", f"An otter on the lock gate. {credit}", "2/3", f"Its cub at dusk. {credit}", "3/3"]
    (story,) = split_stories("\n\n".join([TITLE, *gallery, *ARTICLE]))
    assert story.title == TITLE
    assert list(story.paragraphs) == ARTICLE


@pytest.mark.parametrize(
    "line", ["By Ann Lee · 14 March 2024 · 3 min read", "Von Ute Sommer | 14.03.2024", "Par Luc Morel • 14 mars 2024"]
)
def test_a_name_with_date_and_reading_time_is_a_byline(line: str) -> None:
    assert classify_line(line) == "byline"


def test_the_fields_above_a_mail_are_no_text_and_its_subject_is_the_headline() -> None:
    head = [
        "From: Brenford Wildlife <post@brenford.example>",
        f"Subject: {TITLE}",
        "To: readers@brenford.example",
        "Date: Tue, 14 May 2024 07:00:00 +0100",
    ]
    (story,) = split_stories("\n".join([*head, "", *ARTICLE]))
    assert story.title == TITLE
    assert list(story.paragraphs) == ARTICLE


def test_a_report_may_begin_with_one_word_and_a_colon() -> None:
    text = "\n".join(["From: the lock keeper's diary", *ARTICLE])
    assert "From: the lock keeper's diary" in repr(split_stories(text))


def test_a_numbered_list_below_an_introduction_is_one_text() -> None:
    entries = [
        ("1. They swim at night", "Most otters leave the lock after ten and come back before five."),
        ("2. They eat eels", "A grown otter takes a kilogram of fish a day, and eels first."),
        ("3. Dogs should stay on a lead", "The trust asks walkers to keep to the far bank until July."),
        ("4. The camera is live", "Anyone can watch the lock on the website of the trust."),
    ]
    text = "\n\n".join(
        ["Four things to know about the otters of Brenford", ARTICLE[0], *(line for pair in entries for line in pair)]
    )
    assert len(split_stories(text)) == 1


def test_numbers_before_the_stories_of_a_newsletter_are_no_part_of_their_headlines() -> None:
    stories = [
        ("1. Otters return to the canal", ARTICLE[0]),
        (
            "2. Mayor sells the town hall's clock",
            "The mayor of Pell has sold the clock of the town hall to pay for a roof. It strikes in a museum now.",
        ),
        (
            "3. Frost kills pear blossom",
            "Growers in the Tarn valley lost a third of their blossom in two nights, the farmers' union said.",
        ),
    ]
    lines = ["View this email in your browser", "THE MORNING POST"]
    lines += [line for title, text in stories for line in (title, text, "Read more")]
    lines += [
        "Unsubscribe | Manage preferences | Privacy policy",
        "You are receiving this email because you signed up for it.",
    ]
    assert [story.title for story in split_stories("\n".join(lines))] == [title[3:] for title, _ in stories]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("pl", "Na tej stronie używamy plików cookies, aby dostosować treści do Twoich potrzeb."),
        ("cs", "Na tomto webu používáme soubory cookies, abychom vám přizpůsobili obsah."),
        ("el", "Στον ιστότοπο αυτό χρησιμοποιούμε cookies για να προσαρμόζουμε το περιεχόμενο."),
        ("hi", "बेहतर अनुभव के लिए यह वेबसाइट कुकीज़ का उपयोग करती है। सभी स्वीकार करें"),
        ("ko", "이 사이트는 더 나은 서비스를 위해 쿠키를 사용합니다. 모두 동의"),
    ],
)
def test_consent_to_cookies_is_no_text(language: str, line: str) -> None:
    body = {
        "pl": "Dwie wydry zamieszkały w starej śluzie, podał we wtorek związek ochrony przyrody.",
        "cs": "Ve staré zdymadle se usadily dvě vydry, oznámil v úterý spolek ochránců přírody.",
        "el": "Δύο βίδρες εγκαταστάθηκαν στο παλιό κανάλι, ανακοίνωσε την Τρίτη ο σύλλογος.",
        "hi": "पुरानी नहर में दो ऊदबिलाव आ बसे हैं, वन विभाग ने मंगलवार को बताया।",
        "ko": "수달 두 마리가 옛 수문에 자리를 잡았다고 환경단체가 화요일 밝혔다.",
    }[language]
    assert list(find_furniture([body, body, line], [True] * 3, language)) == [2]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("pl", "Sąd zakazał spółce używać plików cookies bez zgody, podała we wtorek agencja."),
        ("cs", "Soud firmě zakázal ukládat soubory cookies bez souhlasu, oznámil v úterý mluvčí."),
        ("el", "Η εταιρεία παραδέχθηκε ότι χρησιμοποιεί cookies χωρίς άδεια, ανακοίνωσε η αρχή την Τρίτη."),
        ("hi", "अदालत ने मंगलवार को कहा कि कंपनी बिना अनुमति कुकीज़ का उपयोग करती थी।"),
        ("ko", "법원은 화요일 구글이 동의 없이 쿠키를 사용했다고 판결했다."),
    ],
)
def test_news_about_cookies_is_text(language: str, line: str) -> None:
    assert find_furniture([line, line, line], [True] * 3, language) == {}
