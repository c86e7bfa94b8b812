"""Places of the gazetteer in whatever case they stand: `sentence → their names`."""

from __future__ import annotations

import pytest

from dabi.bengali.passage import passage
from dabi.bengali.places import find_places, lies_in
from dabi.bengali.script import fold_text
from dabi.bengali.words import inflections

CASES = """
নওগাঁর আমের বাজার জমে উঠেছে → নওগাঁ
নওগাঁতে বৃষ্টি হয়েছে → নওগাঁ
শ্রীমঙ্গলে চা-বাগানে শীত পড়েছে → শ্রীমঙ্গল
তেঁতুলিয়ায় কুয়াশা, ঈশ্বরদীতে রোদ → তেঁতুলিয়া ঈশ্বরদী
কক্সবাজারের চকরিয়া থেকে লবণ যায় → কক্সবাজার চকরিয়া
রাজারহাটের হাট বসে শনিবার → রাজারহাট
হাটের রাজা নেই → –
ঢাকার বাইরে ভর্তি ৪৭ জন → ঢাকার_বাইরে
ঢাকা মহানগরের বাইরের হাসপাতালে ৫৯ জন → ঢাকার_বাইরে
চট্টগ্রাম শহরের বাইরে বৃষ্টি কম → চট্টগ্রামের_বাইরে
ঢাকা ছাড়া সব বিভাগে ১০ জন করে → –
নওগাঁ জেলা বাদে রাজশাহীতে ৭ জন → রাজশাহী
ঢাকা শহরে ৩৯ জন, ঢাকার বাইরে ১০৬ জন → ঢাকা ঢাকার_বাইরে
ঢাকার হাসপাতালের বাইরে ভিড় → ঢাকা
""".strip().splitlines()


@pytest.mark.parametrize("line", CASES)
def test_places_are_found_in_any_case(line: str) -> None:
    sentence, names = (side.strip() for side in line.split("→"))
    cut = passage(sentence)
    found = " ".join(place.name.replace(" ", "_") for _, _, place in find_places(cut, 0, len(cut)))
    assert fold_text(found or "–") == fold_text(names)


def test_a_nasal_vowel_takes_the_endings_of_a_vowel() -> None:
    forms = {form for form, _ in inflections("নওগাঁ")}
    assert {"নওগাঁর", "নওগাঁতে"} <= forms
    assert "নওগাঁের" not in forms


def test_a_town_lies_in_its_country_and_a_country_in_none() -> None:
    assert lies_in("ঢাকা", "বাংলাদেশ")
    assert not lies_in("ঢাকা", "ভারত")
    assert not lies_in("ভারত", "বাংলাদেশ")
    assert not lies_in("বাংলাদেশ", "বাংলাদেশ")
    assert not lies_in("পরিপুর", "বাংলাদেশ")
