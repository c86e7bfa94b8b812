"""Which reports are of one event, and which of them are near-copies."""

from __future__ import annotations

from dabi.reconciliation.days import days
from dabi.reconciliation.echoes import BINS, similarity, sketch_of
from dabi.reconciliation.origins import origin_words, same_origin
from dabi.reconciliation.stories import is_echo, likeness, neighbours, other_event, stories_of
from telling import told

FIRE = """শ্রীপুরে তুলার গুদামে আগুন
গাজীপুরের শ্রীপুরে একটি তুলার গুদামে আগুন লেগে তিনজন শ্রমিক দগ্ধ হয়েছেন। ফায়ার সার্ভিসের পাঁচটি ইউনিট দুই ঘণ্টা চেষ্টা করে আগুন নিয়ন্ত্রণে আনে।
গুদামের মালিক হাফিজ উদ্দিন বলেন, প্রায় ৪০ লাখ টাকার তুলা পুড়ে গেছে।"""


def test_a_copy_with_a_few_changed_words_is_an_echo() -> None:
    first = told(FIRE, id="a")
    second = told(FIRE.replace("তিনজন", "চারজন").replace("প্রায় ৪০", "প্রায় ৪২"), id="b")
    assert is_echo(first, second)
    assert likeness(first, second) > 0.8


def test_the_same_words_about_another_place_are_a_form_and_no_copy() -> None:
    first = told(FIRE, id="a")
    form = told(FIRE.replace("গাজীপুরের", "খুলনার"), id="b")
    assert similarity(first.sketch, form.sketch) > 0.5
    assert other_event(first, form)
    assert not is_echo(first, form)


def test_another_account_of_the_same_fire_is_of_the_story() -> None:
    first = told(FIRE, id="a")
    second = told(
        """তুলার গুদামে আগুন, দগ্ধ তিন শ্রমিক
গাজীপুরের শ্রীপুরে তুলার গুদামের আগুনে দগ্ধ তিন শ্রমিককে ঢাকায় নেওয়া হয়েছে। ঘটনা তদন্তে কমিটি করেছে ফায়ার সার্ভিস।""",
        id="b",
        published="2025-06-11",
    )
    other = told(
        """বইমেলায় বিক্রি বেড়েছে
এবারের বইমেলায় প্রথম সপ্তাহে ২ কোটি টাকার বই বিক্রি হয়েছে বলে জানিয়েছে আয়োজকেরা।""",
        id="c",
    )
    reports = [first, second, other]
    assert stories_of(reports, neighbours(reports)) == [("a", "b"), ("c",)]


def test_an_incident_of_a_day_is_not_news_again_weeks_later() -> None:
    soon, late = told(FIRE, id="b", published="2025-06-12"), told(FIRE, id="c", published="2025-09-30")
    first = told(FIRE, id="a")
    assert not other_event(first, soon)
    assert other_event(first, late)


def test_sketches() -> None:
    words = ["ক", "খ", "গ", "ঘ", "ঙ", "চ", "ছ", "জ", "ঝ", "ঞ"]
    assert sketch_of(words[:3]) == ()
    assert len(sketch_of(words)) == BINS
    assert similarity(sketch_of(words), sketch_of(words)) == 1.0
    assert similarity(sketch_of(words), ()) == 0.0
    long = [f"শব্দ{n}" for n in range(400)]
    half = [*long[:200], *(f"অন্য{n}" for n in range(200))]
    assert 0.2 < similarity(sketch_of(long), sketch_of(half)) < 0.5  # a third of the shingles are shared


def test_one_institution_named_in_several_ways_is_one_origin() -> None:
    long, short = origin_words("বেসরকারি সংস্থা নদী গবেষণা পরিষদ (নগপ)"), origin_words("নগপ")
    assert same_origin(long, short)
    assert same_origin(origin_words("স্বাস্থ্য অধিদপ্তরের সংবাদ বিজ্ঞপ্তিতে"), origin_words("স্বাস্থ্য অধিদপ্তর"))
    assert not same_origin(origin_words("খুলনার জেলা প্রশাসক"), origin_words("খুলনার পুলিশ সুপার"))
    assert not same_origin((), short)


def test_who_speaks_for_a_state_and_the_state_are_one_origin() -> None:
    def origin(sentence: str) -> tuple[str, ...]:
        return told(f"সীমান্তে লড়াই\n{sentence}").statements[0].origin

    state, commander = (
        origin("সিরিয়া জানিয়েছে, ৪০টি গ্রাম মুক্ত হয়েছে।"),
        origin("সিরিয়ার সেনাপ্রধান হাসান করিম বলেন, ৪০টি গ্রাম মুক্ত হয়েছে।"),
    )
    neighbour = origin("তুরস্কের সেনাপ্রধান কেমাল আইদিন বলেন, ৪০টি গ্রাম মুক্ত হয়েছে।")
    assert same_origin(state, commander)
    assert same_origin(commander, state)
    assert not same_origin(state, neighbour)


def test_days_of_edtf() -> None:
    assert days("2024-02") == (days("2024-02-01")[0], days("2024-02-29")[1])
    assert days("2024/2025")[0] == days("2024-01-01")[0]
    assert days("2024-10/..")[1] is None
    assert days("../2024-10-05")[0] is None
    assert days("202X") == (days("2020-01-01")[0], days("2029-12-31")[1])
    assert days("T20:30") == (None, None)
    assert days(None) == (None, None)
