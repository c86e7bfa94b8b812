"""What must hold of times in any text, and every calendar day in the formats that newspapers print."""

import re
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from dabi.bengali import times
from dabi.bengali.calendar import to_bangla
from dabi.bengali.lexicon import rows
from dabi.bengali.passage import passage
from dabi.bengali.times import grammar
from dabi.bengali.times.points import ELEMENTS, elements_at, read_moment
from dabi.bengali.times.scan import Scan
from work import grows_with_length

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
MONTHS = ["জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"]
BANGLA = ["বৈশাখ", "জ্যৈষ্ঠ", "আষাঢ়", "শ্রাবণ", "ভাদ্র", "আশ্বিন", "কার্তিক", "অগ্রহায়ণ", "পৌষ", "মাঘ", "ফাল্গুন", "চৈত্র"]
WEEKDAYS = ["সোমবার", "মঙ্গলবার", "বুধবার", "বৃহস্পতিবার", "শুক্রবার", "শনিবার", "রোববার"]
ENDINGS = {1: "লা", 2: "রা", 3: "রা", 4: "ঠা"}
NUKTA = (("\u09dc", "\u09a1\u09bc"), ("\u09dd", "\u09a2\u09bc"), ("\u09df", "\u09af\u09bc"))
DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def ending(day):
    return ENDINGS.get(day) or ("ই" if day < 19 else "শে")


FORMATS = {
    "১৬ জুলাই ২০২৫": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "১৬ জুলাই, ২০২৫": lambda d: f"{d.day} {MONTHS[d.month - 1]}, {d.year}",
    "জুলাই ১৬, ২০২৫": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "২০২৫ সালের ১৬ জুলাই": lambda d: f"{d.year} সালের {d.day} {MONTHS[d.month - 1]}",
    "১৬/০৭/২০২৫": lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
    "১৬-০৭-২০২৫": lambda d: f"{d.day:02d}-{d.month:02d}-{d.year}",
    "বুধবার, ১৬ জুলাই ২০২৫": lambda d: f"{WEEKDAYS[d.weekday()]}, {d.day} {MONTHS[d.month - 1]} {d.year}",
    "১৬ই জুলাই ২০২৫ খ্রিষ্টাব্দ": lambda d: f"{d.day}{ending(d.day)} {MONTHS[d.month - 1]} {d.year} খ্রিষ্টাব্দ",
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_day_is_read_back(name):
    """One text per year, a day a line; both in running text and as a dateline."""
    written = FORMATS[name]
    for year in range(FIRST.year, LAST.year + 1):
        days = [date(year, 1, 1) + timedelta(n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
        lines = [written(day).translate(DIGITS) for day in days]
        found = times.read("\n".join(lines))
        assert [t.edtf for t in found] == [day.isoformat() for day in days]
        assert [t.text for t in found] == lines
        assert times.parse_date(lines[year % 365]) == days[year % 365].isoformat()


@pytest.mark.parametrize("country", ["BD", "IN"])
def test_every_day_is_read_back_from_the_bangla_calendar(country):
    day = FIRST
    while day <= LAST:
        days = [day + timedelta(n) for n in range(min(500, (LAST - day).days + 1))]
        lines = []
        for each in days:
            year, month, number = to_bangla(each, country)
            lines.append(f"{number} {BANGLA[month - 1]} {year} বঙ্গাব্দ".translate(DIGITS))
        found = times.read("\n".join(lines), country=country)
        assert [t.edtf for t in found] == [each.isoformat() for each in days]
        assert times.parse_date(lines[0], country) == days[0].isoformat()
        day += timedelta(500)


WORDS = """আজ গতকাল আগামীকাল পরশু ওই দিন পরদিন গত আগামী চলতি এ বিগত একই সোমবার রোববার বুধবার শুক্র শনি
জানুয়ারি জুলাইয়ের মার্চ মে পৌষ চৈত্র মাসে মাসের বছর বছরের দিন সপ্তাহে ঘণ্টা মিনিটে সেকেন্ডে দশক দশকের শতকে
অর্থবছরে সালে সালের বঙ্গাব্দ হিজরি রমজান সকাল দুপুরে রাত রাতে দিবাগত ভোর বেলা টা টায় টার তিনটায় সাড়ে পৌনে সোয়া দেড়
আড়াই এক দুই তিন পাঁচ দশ ৫ ১২ ৩১ ১৯৭১ ২০২৪ ২০৯৯ ১৪৩১ ১২:৩০ ২.৫ ০ ৯৯৯৯ থেকে পর্যন্ত মধ্যে আগে পর ধরে দিকে শুরু শেষ
প্রথম মাঝামাঝি প্রতি প্রতিদিন কয়েক প্রায় দীর্ঘ তারিখ ও বা - – / , ( ) । ’ : এর হবে হয়েছে নব্বইয়ের শীতে একাত্তরের
দিনব্যাপী প্রান্তিকে বয়স"""
PIECES = WORDS.split()
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*PIECES, "\n"]), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.integers(0, 3000).map(str)), max_size=12).map(" ".join),
)
PUBLISHED = st.one_of(
    st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat), st.text(max_size=12)
)
PERIOD = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?")


def is_edtf(value):
    """Each end of an interval is an EDTF date, or a date and time without its seconds; T20:30 has no day."""
    for end in value.split("/"):
        if end == "..":
            continue
        clock = re.search(r"T(\d\d):(\d\d)(:(\d\d))?$", end)
        if clock:
            if not (int(clock[1]) < 24 and int(clock[2]) < 60 and int(clock[4] or 0) < 60):
                return False
            end = end if clock[3] else f"{end}:00"
            if end.startswith("T"):
                continue
        parse_edtf(end)
    return value not in ("../..", "..")


@settings(max_examples=400, deadline=None)
@given(TEXTS, PUBLISHED, st.sampled_from(["BD", "IN"]))
def test_any_text(text, published, country):
    found = times.read(text, published, country)
    last = 0
    for time in found:
        assert 0 <= time.start < time.end <= len(text)
        assert text[time.start : time.end] == time.text
        assert time.start >= last
        last = time.end
        assert time.rule.startswith("times.")
        assert sum(v is not None for v in (time.edtf, time.duration, time.set, time.unresolved)) == 1
        if time.edtf is not None:
            assert is_edtf(time.edtf), time
        for period in (time.duration or time.set or "").split("/"):
            assert not period or PERIOD.fullmatch(period), time


@settings(max_examples=150, deadline=None)
@given(TEXTS, PUBLISHED)
def test_both_nukta_forms_read_alike(text, published):
    composed = (
        text.replace("\u09a1\u09bc", "\u09dc").replace("\u09a2\u09bc", "\u09dd").replace("\u09af\u09bc", "\u09df")
    )
    decomposed = (
        composed.replace("\u09dc", "\u09a1\u09bc").replace("\u09dd", "\u09a2\u09bc").replace("\u09df", "\u09af\u09bc")
    )

    def values(of):
        return [(t.edtf, t.duration, t.set, t.rule) for t in times.read(of, published)]

    assert values(composed) == values(decomposed)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=50))
def test_datelines_never_fail(text):
    found = times.parse_date(text)
    assert found is None or is_edtf(found)


@pytest.mark.parametrize(
    "piece",
    ["৫ ", "৫, ", "গত ", "১২ থেকে ", "সোমবার ", "সাড়ে ", "২০২৪, ", "রবি, ", "প্রতিদিন ভোর থেকে ", "আজ (", "১-", "হাজার "],
)
def test_work_grows_with_length_only(piece):
    assert grows_with_length(lambda text: times.read(text, "2025-07-16"), piece)


TIME_TABLES = (
    "months",
    "weekdays",
    "day_parts",
    "relative_days",
    "time_units",
    "time_words",
    "day_names",
    "named_years",
)
TIME_WORDS = [token for table in TIME_TABLES for row in rows(f"{table}.tsv") for token in row["word"].split(" ")]


@given(
    st.lists(
        st.sampled_from(TIME_WORDS)
        | st.sampled_from(
            ["7", "26", "2024", "12.5.2023", "71", "‘", "প্রথম", "শেষ", "কাল", "এই", "দেশের", "সপ্তাহে", ",", "("]
        ),
        min_size=1,
        max_size=7,
    )
)
@settings(max_examples=1000)
def test_a_word_sets_off_every_element_that_can_begin_at_it(words):
    """An element that is not tried at a word would not have begun there."""
    tried = read_moment(words, 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dabi.bengali.times.points.elements_at", lambda word: tuple(element for element, _ in ELEMENTS))
        all_tried = read_moment(words, 0)
    said = [{slot: getattr(m, slot) for slot in m.__slots__} if m is not None else None for m in (tried, all_tried)]
    assert said[0] == said[1]
    assert elements_at("জনগণ") == ()


ALL_TABLES = (
    "not_quantities age_words hedges units titles cues common_verbs adjuncts scales time_units months year_names"
)
ALL_TABLES += " seasons eras repetitions relative_days number_words"
WORDS = {
    w for table in ALL_TABLES.split() for row in rows(f"{table}.tsv") for cell in row.values() for w in cell.split()
}
WORDS |= {"তারিখে", "টায়", "টি", "শে", "ই", "এর", "তম", "সালের", "-", "থেকে", "ও", ":", ","}


@pytest.mark.parametrize("lead", ["7", "90", "তিন", "সাড়ে", "এই", "গত", "আগামী", "শেষ", "সত্তর", "বাংলাদেশ", "’", "প্রায়"])
def test_no_time_is_passed_over(lead):
    """Where the word behind এই, তিন or ৭ can belong to no time, no rule would have found one."""
    lead = passage(lead).words[0]
    assert grammar.needs_more(lead)
    for word in sorted(WORDS):
        if len(passage(word)) != 1 or grammar.may_go_on(passage(word).words[0]):
            continue
        for behind in ("", "দশকে", "১২ জুলাই", "দিন আগে"):
            scan = Scan(passage(f"{lead} {word} {behind}"), times.Anchors("2024-05-06"))
            assert not any(rule(scan, 0) for _, rule in grammar.RULES), (lead, word, behind)
