"""One analysis made by hand, with every kind of mention in it: nested, chained, unresolved, told in the own voice."""

from __future__ import annotations

from dabi.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    Quantity,
    Region,
    Span,
    TimeExpression,
    Trace,
)

TEXT = """নদীভাঙনে দেড় হাজার পরিবার গৃহহীন
চরবার্তা
প্রকাশ: ৫ জুলাই ২০২৫, ০৯:১৫
ছবি: ভাঙনকবলিত <চর> এলাকা
স্থানীয় পত্রিকা তিস্তাপাড়ের বরাতে জেলা প্রশাসক সালমা খাতুন জানান, “গত সপ্তাহে ১ হাজার ৫০০টির বেশি পরিবার ঘর হারিয়েছে।”
ত্রাণ হিসেবে ২৫ লাখ টাকা দেওয়া হবে বলে আশা করছেন তিনি।
আগামী মাসের মধ্যে ৪০ থেকে ৫০ শতাংশ কাজ শেষ হবে।
আরও পড়ুন: দুই ডজন কর্মকর্তার বদলি
"""


def span(words: str, nth: int = 1) -> Span:
    """The n-th place in TEXT where the words stand."""
    at = -1
    for _ in range(nth):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words), words)


def region(words: str) -> Region:
    found = span(words)
    return Region(found.start, found.end)


def _line(number: int) -> Region:
    lines = TEXT.split("\n")
    start = sum(len(line) + 1 for line in lines[:number])
    return Region(start, start + len(lines[number]))


def _at(words: str, nth: int = 1) -> dict[str, int | str]:
    found = span(words, nth)
    return {"start": found.start, "end": found.end, "text": found.text}


ANALYSIS = Analysis(
    id="sample",
    text=TEXT,
    article=Article(
        source="sample.txt",
        outlet="চরবার্তা",
        headline=span("নদীভাঙনে দেড় হাজার পরিবার গৃহহীন"),
        published="2025-07-05T09:15",
        published_by="page",
        body=(_line(4), _line(5), _line(6)),
        captions=(_line(3),),
        furniture=(_line(7),),
    ),
    quantities=(
        Quantity(
            **_at("দেড় হাজার"),
            low=1500,
            high=1500,
            hedge="exact",
            kind="count",
            of=span("পরিবার"),
            rule="quantities.scaled",
        ),  # type: ignore[arg-type]
        Quantity(
            **_at("১ হাজার ৫০০টির বেশি"),
            low=1500,
            high=None,
            hedge="more_than",
            kind="count",
            of=span("পরিবার", 2),
            attribution=0,
            time=0,
            rule="quantities.more_than",
        ),  # type: ignore[arg-type]
        Quantity(
            **_at("২৫ লাখ টাকা"),
            low=2500000,
            high=2500000,
            hedge="exact",
            kind="money",
            unit="BDT",
            of=span("ত্রাণ"),
            attribution=1,
            rule="quantities.money",
        ),  # type: ignore[arg-type]
        Quantity(
            **_at("৪০ থেকে ৫০ শতাংশ"),
            low=40,
            high=50,
            hedge="range",
            kind="percent",
            unit="%",
            of=span("কাজ"),
            time=1,
            rule="quantities.range_words",
        ),  # type: ignore[arg-type]
    ),
    times=(
        TimeExpression(**_at("গত সপ্তাহে"), edtf="2025-06-22/2025-06-28", rule="times.relative_week"),  # type: ignore[arg-type]
        TimeExpression(**_at("আগামী মাসের মধ্যে"), unresolved="no publication date", rule="times.relative_month"),  # type: ignore[arg-type]
    ),
    attributions=(
        Attribution(
            source=span("জেলা প্রশাসক সালমা খাতুন"),
            cue=span("জানান"),
            content=(span("গত সপ্তাহে ১ হাজার ৫০০টির বেশি পরিবার ঘর হারিয়েছে।"),),
            form="direct",
            act="state",
            source_type="person",
            via=(span("স্থানীয় পত্রিকা তিস্তাপাড়ের"),),
            rule="attributions.said_then_quote",
        ),
        Attribution(
            source=span("তিনি"),
            cue=span("আশা করছেন"),
            content=(span("ত্রাণ হিসেবে ২৫ লাখ টাকা দেওয়া হবে"),),
            form="indirect",
            act="expect",
            speaker="সালমা খাতুন",
            rule="attributions.content_then_cue",
        ),
    ),
    claims=(
        Claim(id="c0", sentence=_line(0), quantity=0, counted="পরিবার", event="displacement", status="happened"),
        Claim(
            id="c1",
            sentence=_line(4),
            quantity=1,
            attribution=0,
            time=0,
            counted="পরিবার",
            event="displacement",
            status="happened",
        ),
        Claim(id="c2", sentence=_line(5), quantity=2, attribution=1, counted="ত্রাণ", status="expected"),
        Claim(id="c3", sentence=_line(6), quantity=3, time=1, counted="কাজ", status="expected"),
    ),
    warnings=("no publication date (আগামী মাসের মধ্যে)",),
)

TRACE = Trace(
    rule="quantities.money",
    entries=("units.tsv: টাকা", "number_words.tsv: লাখ"),
    steps=("২৫ লাখ → 25 × 100,000",),
)
