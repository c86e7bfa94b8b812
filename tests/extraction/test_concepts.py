"""From words to concepts: what happened, how it stands, what is counted."""

from typing import get_args

import pytest

from dabi.bengali.lexicon import rows
from dabi.bengali.passage import passage
from dabi.bengali.script import fold_text
from dabi.extraction.concepts import counted_base, done_before, event_near, event_of_word, status_after
from dabi.model import Status


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("নিহত", "death"),
        ("মৃত্যুর", "death"),
        ("আহতের", "injury"),
        ("নিখোঁজ", "missing"),
        ("গ্রেপ্তারকে", "arrest"),
        ("পাঠিয়েছে", "supply"),
        ("সরবরাহের", "supply"),
        ("পাঠাবে", "supply"),
        ("দামে", "price"),
        ("গাছ", None),
        ("নিহিত", None),
    ],
)
def test_words_name_concepts_in_any_form(word: str, concept: str | None) -> None:
    assert event_of_word(fold_text(word)) == concept


def _event(text: str, figure: str, of: str | None = None) -> str | None:
    read = passage(text)
    at = read.words.index(fold_text(figure))
    counted = None if of is None else (read.words.index(of), read.words.index(of) + 1)
    return event_near(read, counted, at, at + 1, 0, len(read))


def test_the_nearest_word_after_the_figure_decides() -> None:
    assert _event("ঝড়ে ৭ জন নিহত ও ২৩ জন আহত হয়েছেন।", "৭") == "death"
    assert _event("ঝড়ে ৭ জন নিহত ও ২৩ জন আহত হয়েছেন।", "২৩") == "injury"


def test_the_counted_thing_comes_before_its_neighbours() -> None:
    assert _event("আহতদের দেখতে গিয়ে ৪০ লাশ পাওয়ার কথা শোনেন আহত রহিম।", "৪০", "লাশ") == "death"


def test_what_costs_nothing_has_no_price() -> None:
    assert _event("দপ্তর বিনা মূল্যে ৭০ চারা দিয়েছে।", "৭০") is None
    assert _event("হাটে চড়া মূল্যে ৭০ চারা মিলছে।", "৭০") == "price"


def test_losing_ones_life_is_a_death() -> None:
    assert _event("ঝড়ে ৭ জেলে প্রাণ হারান।", "৭") == "death"
    assert _event("৭ জেলে প্রাণ খুলে গান ধরেন।", "৭") is None
    assert _event("সড়কে ঝরেছে ২৬১ প্রাণ।", "২৬১", "প্রাণ") == "death"
    assert _event("মেলায় এসেছে ২৬১ প্রাণ।", "২৬১", "প্রাণ") is None


def test_who_dies_of_a_wound_is_dead() -> None:
    assert _event("আগুনে ২ কর্মী দগ্ধ হয়ে মারা গেছেন।", "২") == "death"
    assert _event("আগুনে ২ কর্মী দগ্ধ হয়ে হাসপাতালে, মারা গেছেন আরেকজন।", "২") == "injury"


def test_what_stands_beyond_a_semicolon_tells_of_something_else() -> None:
    assert _event("জেলার ৮০ ভাগ ডুবে যায়; মারা যান অনেকে।", "৮০") is None
    assert _event("আহত হন ১২ শ্রমিক; মারা যান অনেকে।", "১২") == "injury"


def test_a_measure_is_not_found_as_a_disease_is() -> None:
    read = passage("নদীর ৪০ ফুট গভীরে লঞ্চটি শনাক্ত করেন ডুবুরিরা।")
    assert event_near(read, None, 1, 3, 0, len(read), of_persons=False) is None
    assert event_near(read, None, 1, 3, 0, len(read)) == "infection"


@pytest.mark.parametrize(
    ("text", "figure", "of", "event"),
    [
        ("কারাগার থেকে ৫০ বন্দিকে মুক্তি দেওয়া হয়েছে।", "৫০", "বন্দিকে", "release"),
        ("গতকাল ৫০ কয়েদি কারাগার থেকে মুক্তি পেয়েছেন।", "৫০", None, "release"),
        ("অপহৃত ৭ জেলে মুক্ত হয়ে ঘরে ফিরেছেন।", "৭", None, "release"),
        ("৫ বন্দিকে ছেড়ে দেওয়া হয়েছে।", "৫", "বন্দিকে", "release"),
        ("৩৯ বন্দির মুক্তি", "৩৯", "বন্দির", "release"),
        ("২০ বন্দির মুক্তি দাবি করেছে পরিষদ।", "২০", "বন্দির", "arrest"),
        ("মুক্তির দাবিতে ১২ বন্দি অনশন করছেন।", "১২", "বন্দি", "arrest"),
        ("১২ বন্দি কারাগারে আছেন, মুক্তি পেয়েছেন অন্যরা।", "১২", "বন্দি", "arrest"),
    ],
)
def test_who_is_let_go_is_released(text: str, figure: str, of: str | None, event: str) -> None:
    assert _event(text, figure, of and fold_text(of)) == event


@pytest.mark.parametrize(
    ("text", "figure", "event"),
    [
        ("পাহাড়ে ৩০০ পর্যটক আটকে পড়েছেন।", "৩০০", "stranded"),
        ("ডাকাতেরা ১২ জেলেকে আটকে রাখে।", "১২", "arrest"),
        ("সংসদে ১২ বিল আটকে আছে।", "১২", None),
        ("ভোরে তাপমাত্রা ছিল ৮ ডিগ্রি।", "৮", "temperature"),
        ("নদী বিপৎসীমার ৯ সেন্টিমিটার ওপরে।", "৯", "water_level"),
    ],
)
def test_words_alike_are_told_apart(text: str, figure: str, event: str | None) -> None:
    assert _event(text, figure) == event


def test_money_is_not_what_befalls_people() -> None:
    read = passage("আহতদের ৫০ হাজার টাকা ক্ষতিপূরণ দেওয়া হবে।")
    assert event_near(read, None, 1, 4, 0, 3) == "injury"
    assert event_near(read, None, 1, 4, 0, 3, of_persons=False) is None
    assert event_near(read, None, 1, 4, 0, len(read), of_persons=False) == "compensation"


def test_a_length_is_not_paid_or_budgeted() -> None:
    read = passage("১৫ কিলোমিটার সড়কের ব্যয় বাড়ছে।")
    assert event_near(read, None, 0, 2, 0, len(read)) == "budget"
    assert event_near(read, None, 0, 2, 0, len(read), of_money=False) is None


def test_without_a_known_word_there_is_no_event() -> None:
    assert _event("মাঠে ১২টি গরু চরছে।", "১২") is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("৫০ নৌকা পাঠানো হয়েছে।", "happened"),
        ("৫০ নৌকা পাঠানো হবে।", "expected"),
        ("৫০ নৌকা পাঠাতে পারে।", "expected"),
        ("৫০ নৌকা পাঠানোর প্রতিশ্রুতি দিয়েছে।", "promised"),
        ("৫০ নৌকা পাঠানো হচ্ছে।", "ongoing"),
        ("৫০ নৌকা ঘাটে রয়েছে।", "ongoing"),
        ("৫০ নৌকা ডুবে গেছে বলে ধারণা করা হচ্ছে।", "happened"),
        ("৫০ নৌকা আসবে বলে ধারণা করা হচ্ছে।", "expected"),
        ("৫০ নৌকা মেরামত করা হচ্ছে বলে শোনা যাচ্ছে।", "ongoing"),
        ("৫০ নৌকার কথা অস্বীকার করেছেন।", "denied"),
        ("৫০ নৌকা এভাবে ডুবেছে।", "happened"),
        ("৫০ নৌকা অবৈধভাবে বানানো হয়েছে।", "happened"),
        ("৫০ নৌকা ভালোভাবে চলছে।", "ongoing"),
        ("৫০ নৌকা থানায় নিয়ে যায় র‌্যাব।", "happened"),
        ("৫০ নৌকা প্রয়োজন।", "expected"),
        ("১২ পরিবারকে ঘর দিয়েছে পৌরসভা, আরও সহায়তার প্রতিশ্রুতি", "happened"),
        ("৩০ জন আহত হয়েছেন, আরও মৃত্যুর আশঙ্কা", "happened"),
        ("১২ জন মারা গেছেন, এমন আশঙ্কা করা হচ্ছে।", "expected"),
        ("১২ জন মাঝি, জেলে ও যাত্রী যাওয়ার পরিকল্পনা", "expected"),
        ("৫০ নৌকা ঝড়ে ডুবে যায়।", "happened"),
        ("৫০ নৌকা লক্ষ্য করে ঢিল ছোড়ে তারা।", "happened"),
        ("৫০ নৌকা বানানোর লক্ষ্য ঠিক হয়েছে।", "expected"),
        ("৫০ নৌকা এসেছে; আরও বৃষ্টির আশঙ্কা।", "happened"),
        ("৫০ নৌকা পাঠানো হবে; ঘাটে ভিড় নেই বলে জানায় সমিতি।", "expected"),
    ],
)
def test_status_follows_the_verb(text: str, status: str) -> None:
    read = passage(text)
    assert status_after(read, 1, len(read)) == status


def test_the_status_table_uses_the_formats_words() -> None:
    assert {row["status"] for row in rows("statuses.tsv")} <= set(get_args(Status))


def test_counted_things_come_in_base_form_without_the_word_number() -> None:
    assert counted_base(["শেলের", "সংখ্যা"]) == "শেল"
    assert counted_base(["মাঝারি", "ট্রাকে"]) == "ট্রাক"
    assert counted_base(["মারা", "যান"]) == "মৃত্যু"
    assert counted_base(["152"]) is None


def test_a_verb_before_the_figure_says_how_it_stands() -> None:
    text = "ত্রাণ পেয়েছে ১২০ পরিবার, আরও ৩০০ পরিবারকে দেওয়ার প্রতিশ্রুতি"
    read = passage(text)
    first, second = read.words.index("120"), read.words.index("300")
    assert done_before(read, first, first + 1, 0, len(read))
    assert not done_before(read, second, second + 1, 0, len(read))
