"""Single lines: what is furniture and what only looks like it; captions, credits, bylines, datelines, outlets."""

from __future__ import annotations

import pytest

from dabi.bengali.script import fold_text
from dabi.reading import read_plain
from dabi.reading.credits import caption_or_credit, ends_with_credit, is_byline
from dabi.reading.dates import as_edtf, read_dateline
from dabi.reading.furniture import furniture, is_initials
from dabi.reading.outlets import outlet_of_line, outlet_of_url, without_suffix
from dabi.reading.phrases import words_of


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        ("আরও পড়ুন", "list"),
        ("আরও পড়ুন:", "list"),
        ("» আরো পড়ুন «", "list"),
        ("আরও পড়ুন: সেতুর কাজ শেষ হচ্ছে জুনে", "line"),
        ("এই লেখকের আরও লেখা", "list"),
        ("মন্তব্য (১২)", "end"),
        ("৩ ঘণ্টা আগে", "line"),
        ("৪৩২ বার পঠিত", "line"),
        ("Read More", "list"),
        ("বিজ্ঞাপন", "line"),
        ("© ২০২৪ নদীপথ", "end"),
        ("এই ওয়েবসাইটের কোনো লেখা অনুমতি ছাড়া ব্যবহার করা যাবে না।", "end"),
    ],
)
def test_furniture(line: str, scope: str) -> None:
    found = furniture(fold_text(line), words_of(line))
    assert found is not None
    assert found.scope == scope


@pytest.mark.parametrize(
    "line",
    [
        "তিনি বলেন, আরও পড়ুন, আরও জানুন, তারপর মন্তব্য করবেন।",
        "মন্তব্যটি নিয়ে সমালোচনা হয়েছে।",
        "বিজ্ঞাপন বাবদ ৫ কোটি টাকা খরচ হয়েছে।",
        "বিষয়টি তদন্ত করা হচ্ছে।",
        "৩ ঘণ্টা আগে লঞ্চটি ঘাট ছেড়েছিল।",
        "সর্বশেষ খবর অনুযায়ী নিহত ৫",
        "শেয়ারের দাম কমেছে",
    ],
)
def test_no_furniture(line: str) -> None:
    assert furniture(fold_text(line), words_of(line)) is None


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("ভেঙে যাওয়া সেতু দেখছেন স্থানীয় লোকজন। ছবি: এএফপি", "caption"),
        ("ভেঙে যাওয়া সেতু ছবিঃ সংগৃহীত", "caption"),
        ("ভেঙে যাওয়া সেতু, রোববার সকালে | ছবি: নদীপথ", "caption"),
        ("ধস সরাচ্ছেন সেনাসদস্যরা। —ফাইল চিত্র।", "caption"),
        ("লাইন থেকে ছিটকে গিয়েছে ওয়াগন। (ছবি সৌজন্যে পিটিআই)", "caption"),
        ("প্রদর্শনীতে (ছবি আঁকা) ও গান ছিল", None),
        ("ছবি: সংগৃহীত", "credit"),
        ("ছবি : রয়টার্স", "credit"),
        ("প্রতীকী ছবি", "credit"),
        ("নদীপথ ফাইল ছবি", "credit"),
        ("ছবির উৎস, Getty Images", "credit"),
        ("ছবিটি তুলেছেন এক পর্যটক।", None),
        ("পুরস্কার পেয়েছে তাঁর ছবি “নদী”।", None),
        ("এ বছর মুক্তি পাবে ১২টি ছবি", None),
        ("তাঁর ছবি - যা তিন বছর আগে তোলা - এখন ছড়িয়েছে ফেসবুকে নতুন করে, আর তা নিয়েই বিতর্ক", None),
    ],
)
def test_captions_and_credits(line: str, what: str | None) -> None:
    assert caption_or_credit(fold_text(line), words_of(line)) == what


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("নিজস্ব প্রতিবেদক, ঢাকা", True),
        ("অনলাইন ডেস্ক", True),
        ("কক্সবাজার প্রতিনিধি", True),
        ("লেখা: রওশন আরা", True),
        ("এএফপি, প্যারিস", True),
        ("Edited By: পায়েল দাস", True),
        ("Curated by তিথি সেন", True),
        ("প্রতিনিধি পাঠাচ্ছে তিন দেশ", False),
        ("তদন্ত কমিটি সাত দিনের মধ্যে জমা দেবে প্রতিবেদন", False),
        ("রয়টার্স বলছে নিহত ৫ জন এবং আহত ২০", False),
    ],
)
def test_bylines(line: str, yes: bool) -> None:
    assert is_byline(fold_text(line), words_of(line)) is yes


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("আপডেট : ১৩ জুলাই ২০২৫, ১৭: ২৮", None, "2025-07-13T17:28"),
        ("প্রকাশ: ২১ অক্টোবর ২০২৪, ০৮:৩০ পিএম", "2024-10-21T20:30", None),
        ("১৭ এপ্রিল ২০২২, রবিবার, ৬:০১ অপরাহ্ন", "2022-04-17T18:01", None),
        ("প্রকাশ: ১১ নভেম্বর ২০২৩ | ০০:৪৫ | আপডেট: ১১ নভেম্বর ২০২৩ | ১০:০২", "2023-11-11T00:45", "2023-11-11T10:02"),
        ("১২ মার্চ ২০২৪, ১০:০০ | আপডেট: ১৩ মার্চ ২০২৪, ১১:০০", "2024-03-12T10:00", "2024-03-13T11:00"),
        ("নিজস্ব প্রতিবেদক | প্রকাশিত: ০৫ মার্চ ২০২৩", "2023-03-05", None),
        ("প্রকাশিত: মঙ্গলবার ০৩ আষাঢ় ১৪৩২, ১৭ জুন ২০২৫", "2025-06-17", None),
        ("Published : 18 Jul 2024, 07:12 PM", "2024-07-18T19:12", None),
        ("২৩/০২/২০২৬", "2026-02-23", None),
        ("23-02-2026", "2026-02-23", None),
        ("সর্বশেষ আপডেট: ১২:০২ পূর্বাহ্ন", None, None),
        ("আপডেট: ১৬১১ ঘণ্টা, নভেম্বর ২, ২০২৫", None, "2025-11-02T16:11"),
        ("বাংলাদেশ সময়: ০৯০৫ ঘণ্টা, নভেম্বর ২, ২০২৫", "2025-11-02T09:05", None),
    ],
)
def test_datelines(line: str, published: str | None, updated: str | None) -> None:
    found = read_dateline(fold_text(line))
    assert found is not None
    assert (found.published, found.updated) == (published, updated)


@pytest.mark.parametrize(
    "line",
    [
        "১২ জুলাই ২০২৪ সালে সেতুটি ধসে পড়ে",
        "বইটি প্রকাশিত হয় ১২ জুলাই ২০২৪",
        "সেতু ধসে নিহত ৫",
        "২০২৪ সালের বাজেট",
        "প্রকাশ পেল ১২ জুলাইয়ের প্রতিবেদন",
    ],
)
def test_no_datelines(line: str) -> None:
    assert read_dateline(fold_text(line)) is None


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2024-10-21T08:30:00+06:00", "2024-10-21T08:30"),
        ("2024-10-20T20:30:00.000Z", "2024-10-21T02:30"),
        ("2024-10-21", "2024-10-21"),
        ("2024-10", "2024-10"),
        ("২১ অক্টোবর ২০২৪, ০৮:৩০ পিএম", "2024-10-21T20:30"),
        ("2024-02-31", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_of_machines_and_people(written: str, edtf: str | None) -> None:
    assert as_edtf(written) == edtf


def test_a_time_with_a_zone_is_indias_for_an_indian_outlet() -> None:
    assert as_edtf("2024-06-20T14:00:00Z", "IN") == "2024-06-20T19:30"


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("হাওরে তলিয়ে যাওয়া ধান। মঙ্গলবার বিকেলে -সমকাল", True),
        ("বৈঠকে দুই দেশের নেতারা। গেটি ইমেজেস", True),
        ("বৈঠকে দুই দেশের নেতারা। এএফপি", True),
        ("নতুন করে পড়া যাচ্ছে সমকাল", False),
        ("সমকাল", False),
        ("দুই নেতা, এএফপি", False),
    ],
)
def test_lines_that_close_with_whose_picture_it_is(line: str, yes: bool) -> None:
    assert ends_with_credit(fold_text(line), words_of(line)) is yes


@pytest.mark.parametrize("line", ["এমএইচ/জেএইচ", "ইত্তেফাক/এসকে", "এমএসএ", "HR/SK", "এসএইচ/এসিবি (এএফপি, ডিপিএ)"])
def test_initials(line: str) -> None:
    assert is_initials(fold_text(line))


@pytest.mark.parametrize("line", ["WHO", "এসব কথা", "নদী/খাল", "একটি", "নদী (খাল)"])
def test_no_initials(line: str) -> None:
    assert not is_initials(fold_text(line))


def test_outlets() -> None:
    assert outlet_of_line("প্রথম আলো") == "Prothom Alo"
    assert outlet_of_line("Prothom Alo logo") == "Prothom Alo"
    assert outlet_of_line("VOA বাংলা © ২০২৪") == "VOA Bangla"
    assert outlet_of_line("The Daily Inqilab") == "Inqilab"
    assert outlet_of_line("আজকাল ২০২৪ সালের কথা") is None
    assert outlet_of_line("প্রথম আলোর ফাইল ছবি") is None
    assert outlet_of_line("প্রথম আলো বন্ধুসভার অনুষ্ঠান") is None
    assert outlet_of_url("https://www.bbc.com/bengali/articles/x") == "BBC Bangla"
    assert outlet_of_url("https://www.bbc.com/news/x") is None
    assert outlet_of_url("https://en.prothomalo.com/x") == "Prothom Alo"
    assert outlet_of_url("report.txt") is None
    assert without_suffix("সেতু ধসে নিহত ৫ | প্রথম আলো") == "সেতু ধসে নিহত ৫"
    assert without_suffix("সেতু ধসে নিহত ৫ - ফায়ার সার্ভিস") == "সেতু ধসে নিহত ৫ - ফায়ার সার্ভিস"


def test_an_article_by_itself_is_never_cut() -> None:
    lines = [
        "শুভ দিন আজ",
        "আজকের দিনটি শুভ।",
        "জাতীয়",
        "শুভ সংখ্যা: ৩ ও ৪",
        "যা করবেন",
        "১. ভোরে উঠুন",
        "• মন্তব্য",
        "সূত্র: এক দৈনিক",
        "/বাসস",
        "নদী পার হোন সাবধানে",
    ]
    text = "\n".join(lines)
    article = read_plain(text).article
    assert article.headline is not None
    assert article.headline.text == lines[0]
    assert [text[r.start : r.end] for r in article.body] == lines[1:]
    assert article.furniture == ()
