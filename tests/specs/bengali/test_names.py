"""Names: where they stand, their plain form, and the key under which spellings meet."""

from __future__ import annotations

import pytest

from dabi.bengali.names import abbreviations, name_key, plain_name, plain_organisation, spelled_letters
from dabi.bengali.passage import passage
from dabi.bengali.people import people
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # initials, written apart or as one word
        ("শিক্ষক আ ন ম রাশেদুল হক এলেন।", ["আ ন ম রাশেদুল হক"]),
        ("বিচারক এ কে এম শামসুল আলম এলেন।", ["এ কে এম শামসুল আলম"]),
        ("সভাপতি এএসএম নাসিম বৈঠক ডাকেন।", ["এএসএম নাসিম"]),
        ("মন্ত্রী ডা. আবু জাহিদ মো. কামাল হোসেন যান।", ["ডা. আবু জাহিদ মো. কামাল হোসেন"]),
        ("বিচারপতি জে বি পাটনায়েক বসেন।", ["জে বি পাটনায়েক"]),
        # joints and hyphens
        ("সম্পাদক মাহমুদ উল আলম লেখেন।", ["মাহমুদ উল আলম"]),
        ("সচিব সেলিম বিন রশিদ সই করেন।", ["সেলিম বিন রশিদ"]),
        ("অধিনায়ক কর্নেল কামরুজ-জামানের সঙ্গে কথা হয়।", ["কামরুজ-জামান"]),
        ("আইজিপি চৌধুরী মাহফুজ আল-মামুন আসেন।", ["চৌধুরী মাহফুজ আল-মামুন"]),
        # what stands before a name and is none of it
        ("মন্ত্রী শহীদ উদ্দিন ভূঁইয়া সভা করেন।", ["শহীদ উদ্দিন ভূঁইয়া"]),
        ("দলের আমির শফিক রহমান ভাষণ দেন।", ["শফিক রহমান"]),
        ("সদস্য আমির হামজা চৌধুরী ভোট দেন।", ["আমির হামজা চৌধুরী"]),
        ("উদ্ধারকারী হায়দার আলী পানিতে নামেন।", ["হায়দার আলী"]),
        ("সত্তরোর্ধ্ব আবদুল লতিফ একা থাকেন।", ["আবদুল লতিফ"]),
        ("কৌশলবিদ লিন ঝাওমিং হিসাব দেন।", ["লিন ঝাওমিং"]),
        ("সন্ধ্যা পর্যন্ত সারা দেশে বৃষ্টি হয়।", []),
        # the noun of a compound verb is no surname
        ("অধিনায়ক রাকিব যোগ করেন, দল ভালো খেলেছে।", ["রাকিব"]),
        ("সাকিব হাসান জামিন মঞ্জুর করেন।", ["সাকিব হাসান"]),
        ("সাদিয়া আক্তার কান্নাজড়িত কণ্ঠে কথা বলেন।", ["সাদিয়া আক্তার"]),
    ],
)
def test_where_a_name_begins_and_ends(text: str, names: list[str]) -> None:
    p = passage(text)
    assert [name.text for name in people(p, 0, len(p))] == [fold_text(name) for name in names]


def test_an_abbreviation_counts_the_words_that_it_stands_for() -> None:
    p = passage("জাতীয় সেচ ও বীজ বোর্ডের (এনএসবিবি) চেয়ারম্যান আসেন।")
    assert abbreviations(p, 0, len(p)) == [(fold_text("এনএসবিবি"), fold_text("জাতীয় সেচ ও বীজ বোর্ড"))]


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
