"""The dossier of a story: self-contained, strict markup, every claim with its sentence, everything escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from claim_records import FERRY, FERRY_RELATIONS, claim, relation
from dabi.export.dossier import CHARTS, Dossier, DossierSeries, dossier
from dabi.export.wording import Language
from dabi.ledger import Change
from dabi.ledger.overview import Head
from dabi.ledger.results import Finding, Relation, Series, Story

_VOID = {"meta"}


class Page(HTMLParser):
    """Reads markup strictly: every tag closed in turn; ids, links and the words of each element's text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[str] = []
        self.words: list[str] = []
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        self.ids += [i] if (i := values.get("id")) else []
        self.links += [link for name in ("href", "xlink:href") if (link := values.get(name))]
        if tag == "tr":
            self.rows.append("")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if "tr" in self.open:
            self.rows[-1] += data


def heads() -> tuple[Head, ...]:
    found = {c.report: c for c in reversed(FERRY)}
    return tuple(
        Head(
            key=c.report,
            article=c.article,
            version=1,
            latest=True,
            media="text",
            source=None,
            outlet=c.outlet,
            headline=c.headline,
            published=c.published,
            day=c.day,
        )
        for c in found.values()
    )


SERIES = Series(id="s1", counted="যাত্রী", event="death", place="চাঁদপুর", claims=tuple(c.key for c in FERRY))
GIVEN = Dossier(
    story=Story(id="t1", first_day="2025-03-04", last_day="2025-03-09"),
    title="লঞ্চডুবি",
    reports=heads(),
    echo_of={55: 5},
    series=(DossierSeries(series=SERIES, claims=FERRY, relations=FERRY_RELATIONS),),
    findings=(Finding(report=2, kind="parts_short", what="the parts make up 9 of 11"),),
    changes=(
        Change(
            article="https://example.org/news/2",
            version=2,
            kind="changed",
            what="11 → 10",
            seen="2025-03-05T08:00:00Z",
        ),
    ),
    made="2025-03-10",
    made_by="dabi 1",
)


def page(given: Dossier = GIVEN, language: Language = "bn") -> str:
    return "".join(dossier(given, language))


def changed(**fields: Any) -> Dossier:
    return msgspec.structs.replace(GIVEN, **fields)


@pytest.mark.parametrize("language", ["bn", "en"])
def test_it_is_whole_by_itself(language: Language) -> None:
    markup = page(language=language)
    read = Page(markup)
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "input"}
    assert not re.search(r"url\(|@import|\bsrc=", markup)
    assert not [name for _, values in read.tags for name in values if name.startswith("on") or name == "style"]
    policy = [v["content"] for tag, v in read.tags if tag == "meta" and v.get("http-equiv")]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_every_claim_is_there_with_its_sentence_and_every_link_leads_somewhere() -> None:
    read = Page(page())
    for record in FERRY:
        (row,) = [
            row for row in read.rows if record.sentence in row and f"c{record.key}" in read.ids and _is(row, record)
        ]
        assert record.outlet is not None
        assert record.outlet in row
    assert len(read.ids) == len(set(read.ids))
    inner = [link[1:] for link in read.links if link.startswith("#")]
    assert {f"c{c.key}" for c in FERRY} <= set(inner)  # the marks of the chart
    assert set(inner) <= set(read.ids)
    outer = {link for link in read.links if not link.startswith("#")}
    assert outer == {c.article for c in FERRY}


def _is(row: str, record: Any) -> bool:
    return (record.source or "") in row and record.outlet in row


def test_how_claims_stand_is_said() -> None:
    rows = {c.key: next(r for r in Page(page(language="en")).rows if c.sentence in r and _is(r, c)) for c in FERRY}
    assert "against: 13 (ফায়ার সার্ভিস)" in rows[101]
    assert "against: 11" in rows[201]
    assert "echo" in rows[402]
    assert "against" not in rows[401]


def test_a_headline_that_repeats_the_body_is_folded_and_stays_reachable() -> None:
    body = claim(102, "2025-03-04", 11, report=2, sentence_start=300)
    headline = claim(101, "2025-03-04", 11, report=2, in_headline=True)
    apart = claim(103, "2025-03-04", 12, report=2, in_headline=True)
    told = DossierSeries(series=SERIES, claims=(headline, body, apart), relations=(relation(101, 102, "echo"),))
    read = Page(page(changed(series=(told,))))
    assert {"c101", "c102", "c103"} <= set(read.ids)
    assert sum("শিরোনামেও" in row for row in read.rows) == 1
    assert len(read.rows) == 2 + 2 + 1  # two heads of tables, the overview, two claims


def test_reports_in_order_with_what_they_repeat() -> None:
    read = Page(page(language="en"))
    assert sum(tag == "time" for tag, _ in read.tags) == len(GIVEN.reports)
    text = "".join(read.words)
    listed = text[text.index("The reports") :]
    assert listed.index("4 March 2025, 09:30") < listed.index("5 March 2025") < listed.index("9 March 2025")
    assert "repeats নদীর খবর" in text
    assert "8 reports" in text.replace("\n", "")
    assert "7 origins" in text


def test_findings_and_silent_changes_are_told() -> None:
    assert "the parts make up 9 of 11" in page(language="en")
    assert "১১ → ১০" in page()
    bare = page(changed(findings=(), changes=()), "en")
    assert "What does not fit" not in bare
    assert "without a word" not in bare


def test_a_change_is_told_in_the_readers_language() -> None:
    before, after = FERRY[0], FERRY[2]  # 11, then at least 12
    one = msgspec.structs.replace(GIVEN.changes[0], before=before.key, after=after.key, what="11 → at least 12")
    told = page(changed(changes=(one,), changed={before.key: before, after.key: after}))
    assert "<b>১১ → অন্তত ১২ যাত্রী · মৃত্যু</b>" in told
    went = msgspec.structs.replace(one, kind="went", after=None, what="11 (যাত্রী)")
    assert "<b>১১ যাত্রী · মৃত্যু</b>" in page(changed(changes=(went,), changed={before.key: before}))
    denied = msgspec.structs.replace(after, key=999, status="denied")
    status = msgspec.structs.replace(one, before=after.key, after=999, what="happened → denied", fields=("status",))
    both = {after.key: after, 999: denied}
    assert "অন্তত ১২ যাত্রী · মৃত্যু: ঘটেছে → অস্বীকৃত" in page(changed(changes=(status,), changed=both))


def test_both_widths_are_drawn_and_only_the_first_series_have_charts() -> None:
    series = [
        DossierSeries(series=msgspec.structs.replace(SERIES, id=f"s{n}"), claims=_shifted(n)) for n in range(CHARTS + 2)
    ]
    read = Page(page(changed(series=tuple(series))))
    assert sum(tag == "svg" for tag, _ in read.tags) == 2 * CHARTS
    assert len([i for i in read.ids if re.fullmatch("s[0-9]+", i)]) == CHARTS + 2


def _shifted(n: int) -> tuple[Any, ...]:
    return tuple(msgspec.structs.replace(c, key=c.key + 10_000 * n) for c in FERRY[:2])


def test_no_latin_digit_in_what_bengali_readers_see() -> None:
    markup = re.sub(r"<style>.*?</style>", "", page(changed(made_by="dabi", findings=(), changes=())), flags=re.S)
    words = [w for w in Page(markup).words if w.strip()]
    # The sentences are the reports' own; these samples were made with Latin digits.
    own = [w for w in words if not any(w.strip() in c.sentence for c in FERRY)]
    assert not [w for w in own if re.search("[0-9]", w)]


def test_hostile_words_stay_words() -> None:
    evil = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"
    bad = claim(
        901,
        "2025-03-04",
        5,
        source=evil,
        outlet=evil,
        via=(evil,),
        counted=evil,
        article="javascript:alert(1)",
    )
    bad = msgspec.structs.replace(bad, sentence=bad.sentence.replace("খবরে", evil), start=None)
    held = DossierSeries(series=msgspec.structs.replace(SERIES, place=evil), claims=(bad, *FERRY), label=evil)
    head = msgspec.structs.replace(heads()[0], headline=evil, outlet=evil, article="javascript:alert(1)")
    finding = Finding(report=head.key, kind="x", what=evil)
    change = Change(article=evil, version=2, kind="changed", what=evil, seen="2025-03-05")
    given = changed(title=evil, reports=(head,), series=(held,), findings=(finding,), changes=(change,), echo_of={})
    read = Page(page(given))
    assert not {tag for tag, _ in read.tags} & {"script", "img"}
    assert not [name for _, values in read.tags for name in values if name.startswith("on")]
    assert not [link for link in read.links if link.startswith("javascript")]
    assert any(evil in words for words in read.words)


def test_a_story_without_figures_or_dates_is_a_page() -> None:
    bare = Dossier(story=Story(id="t"), title=None, reports=())
    text = "".join(Page(page(bare, "en")).words)
    assert "(without a title)" in text
    assert "no publication date" in text
    assert "No figures found" in text


def test_relations_of_claims_that_are_gone_are_passed_over() -> None:
    gone = Relation(series="s1", a=101, b=99, relation="conflicts")
    held = DossierSeries(series=SERIES, claims=FERRY[:2], relations=(gone,))
    assert "বিপরীতে" not in page(changed(series=(held,)))
