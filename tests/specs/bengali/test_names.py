"""Names: where they stand, their plain form, and the key under which spellings meet."""

from __future__ import annotations

import pytest

from dabi.bengali.names import abbreviations, name_key, people, plain_name, plain_organisation, spelled_letters
from dabi.bengali.passage import passage
from dabi.bengali.script import fold_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("কেসিএনএ", "KCNA"),
        ("এএফপি", "AFP"),
        ("বিবিসি", "BBC"),
        ("কিয়েভ", "কিইভ"),
        ("ইসরায়েল", "ইসরাইল"),
        ("শহীদুল", "শহিদুল"),
        ("রশীদ", "রশিদ"),
        ("মণ্ডল", "মন্ডল"),
        ("হোসেন", "হোসাইন"),
        ("আহমদ", "আহমেদ"),
        ("ইউনূস", "ইউনুস"),
        ("ট্রাম্প", "ট্রাম্প"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert name_key(fold_text(one)) == name_key(fold_text(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("রহমান", "রহিম"), ("করিম", "কবির"), ("হাসান", "হোসেন"), ("KCNA", "CNN"), ("এএফপি", "এপি"), ("নাসির", "নাজমা")],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert name_key(fold_text(one)) != name_key(fold_text(other))


def test_letters_that_a_bengali_abbreviation_spells() -> None:
    assert spelled_letters(fold_text("কেসিএনএ")) == "kcna"
    assert spelled_letters(fold_text("ডিআইএ")) == "dia"
    assert spelled_letters(fold_text("মন্ত্রণালয়")) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("মেয়র জাহিদ হোসেন এলেন।", ["জাহিদ হোসেন"]),
        ("জেলা প্রশাসক কামরুল হাসানের সঙ্গে কথা হয়।", ["কামরুল হাসান"]),
        ("ওসি মো. সেলিম রেজা ও মেয়র নাসির উদ্দিন বসেন।", ["মো. সেলিম রেজা", "নাসির উদ্দিন"]),
        ("ভারপ্রাপ্ত কর্মকর্তা (ওসি) শামীম হাসান জানান।", ["শামীম হাসান"]),
        ("আমেনা বেগম চাল পান।", ["আমেনা বেগম"]),
        ("বাঁধের কাজ শেষ হয়েছে।", []),
        ("৭০ জন সংসদ সদস্য চিঠি দেন।", []),
        ("তাঁদের মধ্যে ১২ জন ছিনতাইকারী।", []),
        ("মনির কনস্ট্রাকশন কাজ পেয়েছে।", []),
        ("হালিমা মঞ্জিল ভাঙা হচ্ছে।", []),
        ("শাপলা ফুল ফুটেছে।", []),
        ("রহমান হত্যা মামলার রায় কাল।", []),
        ("রাজশাহী সিটি করপোরেশন কর বাড়িয়েছে।", []),
        ("তাঁর সরকার ঋণ নেবে।", []),
        ("নিউইয়র্ক টাইমস খবরটি ছেপেছে।", []),
        ("স্বত্বাধিকারী মুন্সী দোকানে ছিলেন।", ["মুন্সী"]),
        ("পঞ্চায়েত প্রধান শ্যামল ঘোষ এলেন।", ["শ্যামল ঘোষ"]),
        ("সভাপতি সভা ডাকেন।", []),
        ("দোকানেই ঘুমান রহিম মিয়া।", ["রহিম মিয়া"]),
        ("মাছ কোপান সেলিম হোসেন।", ["সেলিম হোসেন"]),
        ("রায় ঘোষণার পর আদালত ছাড়েন তাঁরা।", []),
    ],
)
def test_people_named_in_a_sentence(text: str, names: list[str]) -> None:
    p = passage(text)
    assert [name.text for name in people(p, 0, len(p))] == [fold_text(name) for name in names]


def test_abbreviations_in_brackets() -> None:
    p = passage("প্রতিরক্ষা গোয়েন্দা সংস্থার (ডিআইএ) হিসাব মেলেনি। মেয়র (৫৫) আসেন।")
    assert abbreviations(p, 0, len(p)) == [(fold_text("ডিআইএ"), fold_text("প্রতিরক্ষা গোয়েন্দা সংস্থা"))]


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("হাসিনার", "হাসিনা"),
        ("রহমানকে", "রহমান"),
        ("হোসেনের", "হোসেন"),
        ("কামিন্সের", "কামিন্স"),
        ("কবির", "কবির"),
        ("আক্তার", "আক্তার"),
    ],
)
def test_plain_names(word: str, plain: str) -> None:
    assert plain_name(fold_text(word)) == fold_text(plain)


def test_plain_organisations() -> None:
    assert plain_organisation(fold_text("কমিশনের")) == fold_text("কমিশন")
    assert plain_organisation(fold_text("মন্ত্রণালয়কে")) == fold_text("মন্ত্রণালয়")
