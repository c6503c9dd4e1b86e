"""Commands print the JSON that programs rely on, and exit with the documented codes."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.warm_program import WarmProgram

Run = Callable[..., subprocess.CompletedProcess[bytes]]

HARBOUR = """\
Japan's coast guard will send two more ships to Nagasaki after fishermen reported strangers in their waters, the \
government in Tokyo said on Monday. The ships carry forty sailors each. They will stay until the autumn storms are over.
"""
HOSPITAL = """\
A hospital in Lyon has opened a ward for patients who cannot sleep, the French health ministry said on Tuesday. Doctors \
there treat about thirty patients a week. The ward costs four million euros a year.
"""


@pytest.fixture
def gazette(tmp_path: Path, warm_program: WarmProgram) -> Run:
    """Run a command with a folder, a database and settings of its own."""
    (tmp_path / "seeds").mkdir()
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("GAZETTE_", "DISCORD_", "DATABASE_", "COLUMNS"))}
    own = {"GAZETTE_SEEDS": str(tmp_path / "seeds"), "DATABASE_URL": f"sqlite:///{tmp_path / 'gazette.sqlite3'}"}

    def run(*arguments: str, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
        return warm_program.run(arguments, stdin=stdin, env=kept | own | more, cwd=tmp_path)

    return run


def parsed(done: subprocess.CompletedProcess[bytes]) -> Any:
    """The JSON that a command printed; it must have gone well."""
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_analyze_prints_documents_with_their_stories(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text(HARBOUR, "utf-8")
    (document,) = parsed(gazette("analyze", "harbour.txt", "--json"))["documents"]
    assert document["path"] == "harbour.txt"
    assert document["encoding"] == "utf-8"
    (story,) = document["stories"]
    assert story["position"] == 0
    assert story["kicker"] is None
    assert story["truncated"] is False
    assert story["language"] == "en"
    assert story["countries"][0]["code"] == "JP"
    assert all(chosen["text"] == story["sentences"][chosen["sentence"]] for chosen in story["summary"])
    assert all(chosen["text"] in HARBOUR for chosen in story["summary"])
    assert 0 < story["topics"][0]["score"] <= 1


def test_analyze_reads_rows_and_prints_a_row_each(gazette: Run) -> None:
    rows = [{"id": "a", "text": HARBOUR}, {"id": 7, "text": HOSPITAL}]
    done = gazette("analyze", "-", "--jsonl", stdin="\n".join(map(json.dumps, rows)).encode())
    assert done.returncode == 0, done.stderr.decode()
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in answers] == ["a", 7]
    assert all(len(row["stories"]) == 1 for row in answers)


def test_many_rows_come_back_in_order_from_several_processes(gazette: Run) -> None:
    rows = [{"id": number, "text": HARBOUR.replace("forty", str(number))} for number in range(200)]
    done = gazette("analyze", "-", "--jsonl", "--workers", "2", stdin="\n".join(map(json.dumps, rows)).encode())
    assert done.returncode == 0, done.stderr.decode()
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == list(range(200))


def test_an_invalid_row_is_printed_with_its_error_and_the_others_go_on(gazette: Run) -> None:
    done = gazette("analyze", "-", "--jsonl", stdin=b'{"id": 1}\n' + json.dumps({"id": 2, "text": HARBOUR}).encode())
    assert done.returncode == 1
    first, second = map(json.loads, done.stdout.splitlines())
    assert "line 1" in first["error"]
    assert second["id"] == 2
    assert second["stories"]


def test_a_missing_file_fails_with_a_message_on_standard_error(gazette: Run) -> None:
    done = gazette("analyze", "nowhere.txt", "--json")
    assert done.returncode == 1
    assert b"nowhere.txt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_counts_of_one_are_singular(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    assert b"harbour.txt \xc2\xb7 1 story \xe2" in gazette("analyze", "seeds/harbour.txt").stdout
    assert gazette("ingest").stdout.decode().splitlines()[0].startswith("1 file: 1 new, ")
    assert gazette("prune", "--dry-run").stdout == b"0 stories, 0 documents, 0 messages would be deleted\n"
    assert gazette("export", "rows.jsonl").stdout == b"rows.jsonl written: 1 story, 0 subscriptions\n"
    assert gazette("import", "rows.jsonl").stdout == b"added: 0 stories, 0 subscriptions\n"
    assert gazette("analyze", "nowhere.txt").stderr == b"gazette: nowhere.txt: not found: no such file or folder\n"


def test_the_list_of_commands_cuts_nothing_off(gazette: Run) -> None:
    listed = gazette("--help", COLUMNS="80").stdout.decode().partition("Commands:")[2]
    assert "..." not in listed


def test_the_database_address_is_printed_as_people_write_it(gazette: Run, tmp_path: Path) -> None:
    assert parsed(gazette("migrate", "--json"))["database"] == f"sqlite:///{tmp_path / 'gazette.sqlite3'}"


def test_a_second_ingest_finds_everything_unchanged(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    (tmp_path / "seeds" / "empty.txt").write_bytes(b"")
    first = parsed(gazette("ingest", "--json"))
    assert (first["new"], first["stories"]) == (1, 1)
    assert [item["path"] for item in first["rejected"]] == ["empty.txt"]
    assert first["rejected"][0]["reason"]
    second = parsed(gazette("ingest", "--json"))
    assert (second["new"], second["changed"], second["removed"]) == (0, 0, 0)
    assert second["unchanged"] == 1
    assert [item["path"] for item in second["rejected"]] == ["empty.txt"]


def test_a_digest_is_written_in_the_formats_of_other_programs(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    parsed(gazette("ingest", "--json"))
    digest = parsed(gazette("digest", "--json"))
    assert parsed(gazette("digest", "--format", "json"))["events"] == digest["events"]
    (event,) = digest["events"]
    for form in ("html", "markdown", "text", "atom"):
        done = gazette("digest", "--format", form, "--language", "de", "--stories-in", "all")
        assert done.returncode == 0, done.stderr.decode()
        assert event["headline"] in html.unescape(done.stdout.decode()), form
    ids = [re.findall("<id>(.*)</id>", gazette("digest", "--format", "atom").stdout.decode()) for _ in range(2)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2
    assert gazette("digest", "--format", "html", "--json").returncode == 2
    assert gazette("digest", "--language", "xx").returncode == 2
    assert b'lang="pt-BR"' in gazette("digest", "--format", "html", "--language", "pt_br").stdout


def test_digest_news_search_story_and_why_answer_from_the_store(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    (tmp_path / "seeds" / "hospital.txt").write_text(HOSPITAL, "utf-8")
    parsed(gazette("ingest", "--json"))

    digest = parsed(gazette("digest", "--country", "Japan", "--json"))
    (event,) = digest["events"]
    assert digest["omitted"] == 0
    assert digest["title"]
    assert event["update"] is False
    assert event["sources"][0]["path"] == "harbour.txt"
    assert event["sources"][0]["position"] == 0
    assert all(sentence["text"] in HARBOUR for sentence in event["summary"])

    news = parsed(gazette("news", "--topic", "health", "--json"))
    assert (news["total"], news["page"], news["pages"]) == (1, 1, 1)
    (story,) = news["stories"]
    assert story["countries"][0]["code"] == "FR"

    assert parsed(gazette("search", "sailors forty", "--json"))["total"] == 1, "quotes round all words make no phrase"
    assert parsed(gazette("search", "ships", "forty sailors", "--json"))["total"] == 1
    assert parsed(gazette("search", "ships", "sailors forty", "--json"))["total"] == 0, "round one of several they do"
    found = parsed(gazette("search", "sailors", "forty", "--json"))
    assert [hit["source"]["path"] for hit in found["stories"]] == ["harbour.txt"]

    whole = parsed(gazette("story", story["id"], "--json"))
    assert whole["text"].strip() == HOSPITAL.strip()
    evidence = whole["countries"][0]["evidence"][0]
    assert whole["text"][evidence["start"] : evidence["end"]] == evidence["text"]

    reasons = parsed(gazette("why", event["id"], "--json"))
    assert reasons["stories"][0]["source"]["path"] == "harbour.txt"


MENU = ["Home", "News", "Politics", "Sport", "Subscribe", "Sign in"]
FOOTER = ["Share on Facebook", "Related stories", "Privacy policy", "© 2026 Harbour Lantern. All rights reserved."]


def test_why_shows_the_operator_what_was_set_aside_of_a_page_and_news_shows_none_of_it(
    gazette: Run, tmp_path: Path
) -> None:
    page = "\n".join([*MENU, HARBOUR.strip(), *FOOTER])
    (tmp_path / "seeds" / "page.txt").write_text(page, "utf-8")
    assert parsed(gazette("ingest", "--json"))["stories"] == 1
    aside = parsed(gazette("why", "s1", "--json"))["set_aside"]["page.txt"]
    lines = [line for group in aside for line in group["lines"]]
    assert set(MENU + FOOTER) <= set(lines)
    assert "consent" in {group["reason"] for group in aside}
    shown = gazette("why", "s1").stdout.decode()
    assert "Set aside in page.txt:" in shown
    assert "Privacy policy" in shown
    assert b"Privacy policy" not in gazette("story", "s1").stdout


def test_a_page_without_a_story_is_refused_as_navigation(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "menu.txt").write_text("\n".join([*MENU, *FOOTER]), "utf-8")
    (rejected,) = parsed(gazette("ingest", "--json"))["rejected"]
    assert rejected["code"] == "navigation-page"
    assert "looks like a navigation page" in rejected["reason"]
    shown = gazette("analyze", str(tmp_path / "seeds" / "menu.txt"))
    assert b"looks like a navigation page" in shown.stdout


@pytest.mark.parametrize("arguments", [("digest",), ("news",), ("search", "harbour")])
def test_an_empty_store_says_where_stories_come_from(gazette: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert b"`gazette ingest`" in gazette(*arguments).stderr
    (tmp_path / "seeds" / "hospital.txt").write_text(HOSPITAL, "utf-8")
    parsed(gazette("ingest", "--json"))
    assert gazette(*arguments).stderr == b""


def test_a_removed_file_takes_its_stories_along(gazette: Run, tmp_path: Path) -> None:
    file = tmp_path / "seeds" / "harbour.txt"
    file.write_text(HARBOUR, "utf-8")
    parsed(gazette("ingest", "--json"))
    file.unlink()
    (tmp_path / "seeds" / "hospital.txt").write_text(HOSPITAL, "utf-8")
    assert parsed(gazette("ingest", "--json"))["removed"] == 1
    assert parsed(gazette("news", "--country", "jp", "--json"))["total"] == 0


def test_a_subscription_is_created_listed_and_deleted(gazette: Run) -> None:
    order = parsed(
        gazette(
            "subscribe", "--channel", "123456789012345678", "--at", "08:00,18:30", "--timezone", "Asia/Taipei", "--json"
        )
    )
    assert order["channel"] == "123456789012345678"
    assert order["next"].endswith("+08:00")
    assert [row["id"] for row in parsed(gazette("subscriptions", "--json"))["subscriptions"]] == [order["id"]]
    parsed(gazette("unsubscribe", str(order["id"]), "--json"))
    assert parsed(gazette("subscriptions", "--json"))["subscriptions"] == []


def test_a_subscription_that_was_never_due_has_an_empty_history(gazette: Run) -> None:
    parsed(gazette("subscribe", "--channel", "123456789012345678", "--at", "8:00", "--timezone", "UTC", "--json"))
    assert parsed(gazette("history", "1", "--json")) == {"deliveries": []}
    assert gazette("history", "1").stdout == b"Subscription 1 has had no digest yet.\n"
    assert gazette("history", "2").returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("digest", "--country", "Atlantis"),
        ("news", "--filter", "country:jp ("),
        ("analyze", "-", "--engine", "oracle"),
        ("subscribe", "--channel", "1", "--at", "25:00", "--timezone", "Asia/Taipei"),
        ("subscribe", "--channel", "1", "--at", "08:00", "--timezone", "Mars/Olympus"),
        ("frobnicate",),
        ("deliver", "--as-of", "yesterday"),
    ],
)
def test_wrong_usage_is_explained_on_standard_error_and_exits_with_2(gazette: Run, arguments: tuple[str, ...]) -> None:
    done = gazette(*arguments)
    assert done.returncode == 2, done.stderr.decode()
    assert done.stderr
    assert b"Traceback" not in done.stderr


def test_a_wrong_option_of_the_configuration_is_named_with_its_source(gazette: Run) -> None:
    done = gazette("news", GAZETTE_DIGEST__LIMIT="many")
    assert done.returncode == 1
    assert b"GAZETTE_DIGEST__LIMIT" in done.stderr


def test_run_without_a_token_says_how_to_get_one(gazette: Run) -> None:
    done = gazette("run")
    assert done.returncode == 1
    assert b"DISCORD_TOKEN" in done.stderr
    assert b"Traceback" not in done.stderr


def test_exported_rows_are_imported_once(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    parsed(gazette("ingest", "--json"))
    parsed(gazette("subscribe", "--channel", "123456789012345678", "--at", "8:00", "--timezone", "UTC", "--json"))
    assert parsed(gazette("export", "all.jsonl", "--json"))["stories"] == 1
    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    assert parsed(gazette("import", "all.jsonl", "--json", DATABASE_URL=other)) == {"stories": 1, "subscriptions": 1}
    assert parsed(gazette("import", "all.jsonl", "--json", DATABASE_URL=other)) == {"stories": 0, "subscriptions": 0}
    assert parsed(gazette("news", "--country", "jp", "--json", DATABASE_URL=other))["total"] == 1


def test_a_dry_run_of_prune_deletes_nothing(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    parsed(gazette("ingest", "--json"))
    assert parsed(gazette("prune", "--dry-run", "--max-stories", "0", "--json"))["stories"] == 0
    assert parsed(gazette("stats", "--json"))["stories"] == 1


def test_doctor_names_problems(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    parsed(gazette("ingest", "--json"))
    done = gazette("doctor", "--json")
    findings = json.loads(done.stdout)["findings"]
    assert any(each["what"] == "token" and each["level"] == "warning" for each in findings)
    assert any("picture.txt" in each["says"] for each in findings)


def test_a_story_is_withheld_and_released(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    (tmp_path / "seeds" / "hospital.txt").write_text(HOSPITAL, "utf-8")
    gazette("ingest")
    made = parsed(gazette("withhold", "s1", "--reason", "a court said so", "--until", "2w", "--json"))
    assert (made["id"], made["stories"], made["hidden"], made["left"], made["messages"]) == (
        "s1",
        ["s1"],
        ["s1"],
        [],
        0,
    )
    assert made["by"]
    assert parsed(gazette("news", "--json"))["total"] == 1
    assert gazette("story", "s1").returncode == 1
    why = parsed(gazette("why", "s1", "--json"))
    assert (list(why), why["withheld"][0]["reason"]) == (["withheld"], "a court said so")
    assert b"a court said so" in gazette("why", "s1").stdout
    assert b"a court said so" in gazette("withheld").stdout
    assert parsed(gazette("why", "s2", "--json"))["withheld"] == []
    assert gazette("withhold", "s2", "--until", "2026-01-01T08:00Z").returncode == 2
    assert parsed(gazette("release", "s1", "--reason", "appeal", "--json"))["visible"] == ["s1"]
    assert parsed(gazette("withheld", "--json")) == {"withheld": []}
    assert b"Nothing is withheld." in gazette("withheld").stdout
    (logged,) = parsed(gazette("withheld", "--all", "--json"))["withheld"]
    assert logged["release_reason"] == "appeal"
    assert parsed(gazette("news", "--json"))["total"] == 2
    assert gazette("release", "s1").returncode == 1


def test_events_are_joined_and_split_by_hand(gazette: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    (tmp_path / "seeds" / "hospital.txt").write_text(HOSPITAL, "utf-8")
    parsed(gazette("ingest", "--json"))
    joined = parsed(gazette("join", "s1", "s2", "--json"))["event"]
    assert joined["stories"] == ["s1", "s2"]
    made = parsed(gazette("split", "s2", "--json"))
    assert (made["event"]["stories"], made["left"]) == (["s2"], [{"id": joined["id"], "stories": ["s1"]}])
    assert b", 2 stories: " in gazette("join", "s1", "s2").stdout
    refused = gazette("split", "s1", "s2")
    assert (refused.returncode, b"would be left without a story" in refused.stderr) == (2, True)


@pytest.mark.postgres
@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_hosts_addresses_of_postgresql_are_taken_as_they_are(
    gazette: Run, tmp_path: Path, postgres_url: str, scheme: str
) -> None:
    address = postgres_url.replace("postgresql+psycopg", scheme)
    (tmp_path / "seeds" / "harbour.txt").write_text(HARBOUR, "utf-8")
    assert parsed(gazette("migrate", "--json", DATABASE_URL=address))["database"].startswith("postgresql")
    assert parsed(gazette("ingest", "--json", DATABASE_URL=address))["stories"] == 1
    assert parsed(gazette("search", "sailors", "--json", DATABASE_URL=address))["total"] == 1
    assert parsed(gazette("digest", "--country", "Japan", "--json", DATABASE_URL=address))["events"]


def test_rows_of_one_happening_get_one_event_and_keep_their_ids(gazette: Run) -> None:
    rows = [
        {"id": 1, "text": "An earthquake hit Arequipa in Peru on Monday, killing nine people. Rescuers dug on."},
        {"id": 2, "text": "Nine people died when an earthquake hit Arequipa in Peru on Monday. Rescuers kept digging."},
        {"id": "c", "text": "The opera in Vienna opened its season with a new staging. Singers came from Italy."},
    ]
    done = gazette("group", "-", stdin="\n".join(map(json.dumps, rows)).encode())
    assert done.returncode == 0, done.stderr.decode()
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert [row["id"] for row in (first, second, third)] == [1, 2, "c"]
    assert first["event"] == second["event"] != third["event"]
    at_once = gazette("group", "-", "--as-they-come", stdin="\n".join(map(json.dumps, rows)).encode())
    assert at_once.stdout == done.stdout


def test_rows_before_a_bad_one_are_answered(gazette: Run) -> None:
    done = gazette("group", "-", stdin=b'{"id": "a", "text": "The opera in Vienna opened its season."}\n{"id": 2}\n')
    assert done.returncode == 1
    good, bad = done.stdout.splitlines()
    assert good == b'{"id": "a", "event": "a"}'
    assert '"text"' in json.loads(bad)["error"]
