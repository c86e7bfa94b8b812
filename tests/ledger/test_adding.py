"""The contract of the store, on both databases: nothing doubled, nothing lost, versions and readings kept."""

from __future__ import annotations

import threading

import msgspec
import pytest

import sample
from dabi.ledger import Ledger, LedgerError, LedgerMissing, Query, Submission, open_ledger
from dabi.model import Analysis
from reports import Figure, report


def test_what_was_added_comes_back_exactly(ledger: Ledger) -> None:
    submission = Submission(article="a", text=sample.TEXT, source="a.txt", fetched="2025-07-05T10:00:00+06:00")
    added = ledger.add(submission, sample.ANALYSIS, extractor="1")
    assert (added.outcome, added.version, added.claims) == ("added", 1, 4)
    found = ledger.report("a")
    assert found.text == sample.TEXT == ledger.text("a")
    assert found.analysis == msgspec.structs.replace(sample.ANALYSIS, text=None)
    assert (found.key, found.version, found.latest, found.source) == (added.key, 1, True, "a.txt")
    assert (found.outlet, found.published, found.day) == ("চরবার্তা", "2025-07-05T09:15", "2025-07-05")
    assert (found.fetched, found.extractor, found.media) == ("2025-07-05T10:00:00+06:00", "1", "text")


def test_claims_come_back_with_all_that_linking_needs(ledger: Ledger) -> None:
    ledger.add(Submission(article="a", text=sample.TEXT), sample.ANALYSIS, extractor="1")
    first, second, third, fourth = ledger.claims()
    assert [c.id for c in (first, second, third, fourth)] == ["c0", "c1", "c2", "c3"]
    assert first.in_headline
    assert not second.in_headline
    assert (second.low, second.high, second.hedge, second.of) == (1500, None, "more_than", "পরিবার")
    assert isinstance(second.low, int)
    assert second.text == sample.TEXT[second.start : second.end]
    assert second.sentence == sample.TEXT[second.sentence_start : second.sentence_end]
    assert (second.source, second.via, second.act) == (
        "জেলা প্রশাসক সালমা খাতুন",
        ("স্থানীয় পত্রিকা তিস্তাপাড়ের",),
        "state",
    )
    assert (second.time, second.date_start, second.date_end) == (
        "2025-06-22/2025-06-28",
        "2025-06-22",
        "2025-06-28",
    )
    assert (third.unit, third.status, third.speaker) == ("BDT", "expected", "সালমা খাতুন")
    assert fourth.date_start is None
    assert (fourth.outlet, fourth.day, fourth.article, fourth.latest) == ("চরবার্তা", "2025-07-05", "a", True)


def test_adding_the_same_twice_changes_nothing(ledger: Ledger) -> None:
    made = report("a", [Figure(value=23)])
    assert ledger.known(made[0], "1") is None
    first = ledger.add(*made, extractor="1")
    before = ledger.counts()
    again = ledger.add(*made, extractor="1")
    assert (again.outcome, again.key, again.version) == ("unchanged", first.key, 1)
    assert ledger.known(made[0], "1") == again
    assert ledger.counts() == before


def test_the_same_text_on_two_pages_is_two_reports(ledger: Ledger) -> None:
    for article in ("a", "b"):
        submission, analysis = report("same", [Figure(value=23)])
        ledger.add(msgspec.structs.replace(submission, article=article), analysis, extractor="1")
    one, other = ledger.reports()
    assert (one.article, other.article) == ("a", "b")
    assert one.sha256 == other.sha256


def test_a_changed_page_is_a_version_and_says_what_changed(ledger: Ledger) -> None:
    ledger.add(*report("a", [Figure(value=23), Figure(value=5, counted="শিশু")]), extractor="1")
    added = ledger.add(*report("a", [Figure(value=20), Figure(value=5, counted="শিশু")]), extractor="1")
    assert (added.outcome, added.version) == ("version", 2)
    (change,) = added.changes
    assert (change.kind, change.what, change.fields) == ("changed", "23 → 20", ("value",))
    before, after = ledger.claims(keys=[change.before, change.after])
    assert (before.low, before.version, before.latest) == (23, 1, False)
    assert (after.low, after.version, after.latest) == (20, 2, True)
    assert list(ledger.changes(article="a")) == [change]
    assert [c.low for c in ledger.claims()] == [20, 5]
    assert [c.low for c in ledger.claims(Query(history=True))] == [23, 5, 20, 5]
    assert "23 জন" in ledger.text("a", version=1)
    assert "20 জন" in ledger.text("a")
    readings, changes = ledger.history("a")
    assert [(r.version, r.latest) for r in readings] == [(1, False), (2, True)]
    assert changes == [change]


def test_an_older_text_added_again_is_its_old_version(ledger: Ledger) -> None:
    old, new = report("a", [Figure(value=23)]), report("a", [Figure(value=20)])
    for _ in range(2):
        ledger.add(*old, extractor="1")
        ledger.add(*new, extractor="1")
    assert ledger.counts()["reports"] == 2
    assert ledger.report("a").version == 2


def test_a_page_that_went_back_to_an_older_text_is_a_new_version(ledger: Ledger) -> None:
    for hour, value in enumerate([23, 20, 23], 1):
        submission, analysis = report("a", [Figure(value=value)])
        fetched = msgspec.structs.replace(submission, fetched=f"2025-03-04T0{hour}:00:00Z")
        ledger.add(fetched, analysis, extractor="1")
    assert [(r.version, r.analysis.quantities[0].low) for r in ledger.reports(history=True)] == [
        (1, 23),
        (2, 20),
        (3, 23),
    ]
    assert [c.what for c in ledger.changes(article="a")] == ["23 → 20", "20 → 23"]


def fetched(at: str, value: int) -> tuple[Submission, Analysis]:
    submission, analysis = report("a", [Figure(value=value)])
    return msgspec.structs.replace(submission, fetched=at), analysis


def test_an_older_capture_of_a_page_does_not_stand_before_a_newer_one(ledger: Ledger) -> None:
    ledger.add(*fetched("2025-03-04T12:00:00Z", 20), extractor="1")
    oldest = ledger.add(*fetched("2025-03-04T08:00:00+06:00", 23), extractor="1")
    between = ledger.add(*fetched("2025-03-04T10:00:00Z", 22), extractor="1")
    assert [(a.outcome, a.version) for a in (oldest, between)] == [("version", 2), ("version", 3)]
    assert [(c.version, c.what) for c in (*oldest.changes, *between.changes)] == [(1, "23 → 20"), (3, "23 → 22")]
    assert "20 জন" in ledger.text("a")
    assert [c.low for c in ledger.claims()] == [20]
    assert ledger.report("a").version == 1
    again = ledger.add(*fetched("2025-03-04T08:00:00+06:00", 23), extractor="1")
    assert (again.outcome, again.version) == ("unchanged", 2)
    ledger.add(*fetched("2025-03-04T08:00:00+06:00", 23), extractor="2")
    assert [c.low for c in ledger.claims()] == [20]


def test_a_newer_reader_adds_a_reading_and_keeps_the_old(ledger: Ledger) -> None:
    submission, analysis = report("a", [Figure(value=23)])
    ledger.add(submission, analysis, extractor="1")
    _, better = report("a", [Figure(value=23, hedge="about")])
    added = ledger.add(submission, better, extractor="2")
    assert (added.outcome, added.version, added.changes) == ("reading", 1, ())
    assert [c.hedge for c in ledger.claims()] == ["about"]
    assert [(r.extractor, r.latest) for r in ledger.reports(history=True)] == [("1", False), ("2", True)]
    assert ledger.counts()["reports"] == 1


def test_re_reading_an_older_version_leaves_the_newest_current(ledger: Ledger) -> None:
    old, new = report("a", [Figure(value=23)]), report("a", [Figure(value=20)])
    ledger.add(*old, extractor="1")
    ledger.add(*new, extractor="1")
    ledger.add(*old, extractor="2")
    assert [c.low for c in ledger.claims()] == [20]


def test_another_date_given_is_another_reading(ledger: Ledger) -> None:
    submission, analysis = report("a", [Figure(value=23)], published=None)
    ledger.add(submission, analysis, extractor="1")
    dated, dated_analysis = report("a", [Figure(value=23)], published="2024-11-30")
    dated = msgspec.structs.replace(dated, given={"published": "2024-11-30"})
    assert ledger.add(dated, dated_analysis, extractor="1").outcome == "reading"
    assert ledger.report("a").published == "2024-11-30"
    assert ledger.report("a").given == {"published": "2024-11-30"}


def test_a_page_keeps_both_its_markup_and_the_text_made_of_it(ledger: Ledger) -> None:
    text, analysis = report("a", [Figure(value=23)])[0].text, report("a", [Figure(value=23)])[1]
    page = Submission(article="a", text=f"<p>{text}</p>", media="html")
    ledger.add(page, analysis, extractor="1", text=text)
    assert ledger.text("a") == f"<p>{text}</p>"
    found = ledger.report("a")
    assert (found.text, found.media) == (text, "html")
    quantity = found.analysis.quantities[0]
    assert found.text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\x1b[31m", "🛑", "'; DROP TABLE pages; --"])
def test_any_text_is_kept_as_it_is(ledger: Ledger, odd: str) -> None:
    submission, analysis = report("a", [Figure(value=23, more=f"ছিলেন {odd} সেখানে")], headline=f"শিরোনাম {odd}")
    submission = msgspec.structs.replace(submission, source=f"x{odd}")
    if odd != "\ud800":  # JSON cannot say a lone surrogate
        ledger.add(submission, analysis, extractor="1")
    else:
        bare = msgspec.structs.replace(
            analysis, article=msgspec.structs.replace(analysis.article, headline=None), quantities=(), claims=()
        )
        ledger.add(submission, bare, extractor="1")
    assert ledger.text("a") == submission.text
    assert len(list(ledger.claims())) == (0 if odd == "\ud800" else 1)


def test_ids_that_cannot_be_kept_are_refused_and_nothing_is_left_behind(ledger: Ledger) -> None:
    for article in ("", "a\0b", "x" * 3000):
        with pytest.raises(LedgerError, match="article id"):
            ledger.add(*report(article, [Figure(value=1)]), extractor="1")
    assert ledger.counts() == {"pages": 0, "reports": 0, "readings": 0, "claims": 0}


def test_a_failure_in_the_middle_of_a_report_leaves_nothing_of_it(ledger: Ledger) -> None:
    submission, analysis = report("a", [Figure(value=1), Figure(value=2)])
    broken = msgspec.structs.replace(
        analysis, claims=(analysis.claims[0], msgspec.structs.replace(analysis.claims[1], quantity=7))
    )
    with pytest.raises(IndexError):
        ledger.add(submission, broken, extractor="1")
    assert set(ledger.counts().values()) == {0}
    assert ledger.add(submission, analysis, extractor="1").outcome == "added"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("pages", "article"),
        ("reports", "version"),
        ("articles", "extractor"),
        ("mentions", "rule"),
        ("claims", "id"),
        ("changes", "what"),
        ("judgements", "who"),
    ],
)
def test_the_database_itself_refuses_to_change_statements(ledger: Ledger, table: str, column: str) -> None:
    ledger.add(*report("a", [Figure(value=23, edtf="2025", source="কেউ")]), extractor="1")
    ledger.add(*report("a", [Figure(value=20, edtf="2025", source="কেউ")]), extractor="1")
    ledger.judgements.link("x", "y", who="ক")
    column = {"pages": "article", "mentions": "rule", "judgements": "who", "articles": "extractor"}.get(
        table, "version"
    )
    column = {"claims": "id", "changes": "what"}.get(table, column)
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(LedgerError, match="append-only"), ledger.writing() as connection:
            connection.exec_driver_sql(statement)


def test_several_writers_at_once_lose_and_double_nothing(where: str) -> None:
    open_ledger(where).close()
    failures: list[BaseException] = []

    def work(first: int) -> None:
        try:
            with open_ledger(where) as mine:
                for n in range(first, first + 12):
                    mine.add(*report(f"a{n}", [Figure(value=n)]), extractor="1")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 6, 12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_ledger(where) as ledger:
        assert ledger.counts() == {"pages": 24, "reports": 24, "readings": 24, "claims": 24}
        assert sorted(c.low for c in ledger.claims() if c.low is not None) == list(range(24))


def test_readers_see_whole_reports_while_one_writes(where: str) -> None:
    with open_ledger(where) as writer, open_ledger(where) as reader:
        writer.add(*report("a0", [Figure(value=1)] * 3), extractor="1")
        iterating = reader.claims()
        next(iterating)
        for n in range(1, 5):
            writer.add(*report(f"a{n}", [Figure(value=1)] * 3), extractor="1")
            assert sum(1 for _ in reader.claims()) == 3 * (n + 1)
        assert len(list(iterating)) == 2  # the state it began with


def test_iterating_over_many(ledger: Ledger) -> None:
    for n in range(1100):
        if n % 50 == 0:
            ledger.add(*report(f"a{n}", [Figure(value=i) for i in range(55)]), extractor="1")
    assert sum(1 for _ in ledger.claims()) == 22 * 55
    keys = [c.key for c in ledger.claims()]
    assert keys == sorted(keys)
    assert [c.key for c in ledger.claims(keys=keys[::2])] == keys[::2]


def test_what_is_not_there_is_said_by_name(ledger: Ledger) -> None:
    for ask in (ledger.report, ledger.text, ledger.history, ledger.article):
        with pytest.raises(LedgerMissing, match="does not hold nothing-like-it"):
            ask("nothing-like-it")
    ledger.add(*report("a", [Figure(value=1)]), extractor="1")
    with pytest.raises(LedgerMissing, match="version 2 of a"):
        ledger.report("a", version=2)


def test_an_article_is_found_by_the_end_of_its_path(ledger: Ledger) -> None:
    for article in ("/home/n/flood.txt", "/home/n/fire_1.html", "/home/m/fire_1.html", "/home/n/firex1.txt", "plain"):
        ledger.add(*report(article, [Figure(value=1)]), extractor="1")
    assert ledger.article("plain") == "plain"
    assert ledger.article("flood") == ledger.article("n/flood.txt") == "/home/n/flood.txt"
    assert ledger.article("m/fire_1") == "/home/m/fire_1.html"
    with pytest.raises(LedgerError, match=r"may be any of /home/m/fire_1.html, /home/n/fire_1.html"):
        ledger.article("fire_1")
    with pytest.raises(LedgerMissing):
        ledger.article("%")
