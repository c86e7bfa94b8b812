"""How two figures of one series stand."""

from __future__ import annotations

import msgspec
import pytest

from dabi.reconciliation.intervals import same_value
from dabi.reconciliation.relations import relate, relations_of
from telling import stated

TODAY, TOMORROW = 739_000, 739_001


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (stated(10_000, hedge="more_than"), stated(11_000, hedge="about", article="b"), "agrees"),
        (stated(10_000, hedge="more_than"), stated(10_000, hedge="about", article="b"), "agrees"),
        (stated(10_000, hedge="more_than"), stated(10_000, hedge="at_least", article="b"), "agrees"),
        (stated(10_000, hedge="more_than"), stated(13_000, hedge="about", article="b", day=TOMORROW), "agrees"),
        (stated(10_000, hedge="more_than"), stated(28_000, hedge="about", article="b", day=TOMORROW), "moved"),
        (stated(13), stated(18, article="b", day=TOMORROW), "moved"),
        (stated(11, source="পুলিশ"), stated(13, source="হাসপাতাল", article="b"), "conflicts"),
        (stated(10, hedge="at_least"), stated(10, article="b"), "refines"),
        (stated(10, 12, "range"), stated(11, article="b"), "refines"),
        (stated(10, 12, "range"), stated(10, hedge="at_least", article="b"), "agrees"),
        (stated(92_000), stated(92_261, article="b"), "refines"),
        (stated(1_000, hedge="several"), stated(36_000, hedge="more_than", article="b", day=TOMORROW), "agrees"),
        (stated(76_000, hedge="more_than"), stated(100_000, hedge="more_than", article="b", day=TOMORROW), "moved"),
        (stated(7, source="জেলা প্রশাসন"), stated(7, source="জেলা প্রশাসন", article="b"), "echo"),
        (stated(7, source="পুলিশ"), stated(7, source="হাসপাতাল", article="b"), "agrees"),
        (stated(45_372), stated(45_372, article="b"), "echo"),  # nobody counts the same five digits twice
        (stated(5_000, hedge="up_to"), stated(9_000, article="b"), "conflicts"),
    ],
)
def test_two_figures(a: object, b: object, relation: str) -> None:
    assert relate(a, b).relation == relation  # type: ignore[arg-type]
    assert relate(b, a).relation == relation  # type: ignore[arg-type]


def test_an_age_told_twice_is_an_echo() -> None:
    one, other = (msgspec.structs.replace(stated(45, article=id), kind="age", unit="year") for id in ("a", "b"))
    assert relate(one, other).relation == "echo"


def test_a_few_name_no_number() -> None:
    few, two = stated(2, hedge="several", source="পুলিশ"), stated(2, source="হাসপাতাল", article="b")
    assert not same_value(few, two)
    assert relate(few, two).relation == "agrees"


def test_refines_goes_from_the_vague_to_the_fine() -> None:
    vague, fine = stated(50, hedge="more_than", article="b"), stated(55)
    for found in (relate(vague, fine), relate(fine, vague)):
        assert (found.a, found.b) == (vague.key, fine.key)


def test_moved_goes_from_the_earlier_to_the_later_day() -> None:
    early, late = stated(20, article="b"), stated(18, day=TOMORROW)
    assert (relate(late, early).a, relate(late, early).b) == (early.key, late.key)


def test_superseded_is_moved_by_one_origin() -> None:
    early = stated(13, source="স্বাস্থ্য অধিদপ্তর")
    same = stated(18, source="স্বাস্থ্য অধিদপ্তর", article="b", day=TOMORROW)
    other = stated(18, source="পুলিশ", article="b", day=TOMORROW)
    assert relate(early, same).superseded
    assert not relate(early, other).superseded


def test_a_running_total_that_another_source_gives_lower_later_conflicts() -> None:
    early = stated(30, source="পুলিশ", happening="death")
    late = stated(12, source="হাসপাতাল", article="b", day=TOMORROW, happening="death")
    assert relate(early, late).relation == "conflicts"
    falling = stated(30, source="পুলিশ", happening="treatment")
    fewer = stated(12, source="হাসপাতাল", article="b", day=TOMORROW, happening="treatment")
    assert relate(falling, fewer).relation == "moved"


def test_a_report_that_says_the_toll_has_risen_moves_it_on_the_same_day() -> None:
    before = stated(13, happening="death")
    after = stated(48, article="b", happening="death", markers=("total", "rise"))
    assert relate(before, after).relation == "moved"


def test_ages_do_not_move() -> None:
    import msgspec

    young = msgspec.structs.replace(stated(35), kind="age", unit="year")
    old = msgspec.structs.replace(stated(30, article="b", day=TOMORROW), kind="age", unit="year")
    assert relate(young, old).relation == "conflicts"


def test_copied_sentences_are_one_voice() -> None:
    sentence = "ঝড়ে উপজেলার তিন গ্রামে অন্তত ৩০টি ঘর ভেঙে পড়েছে বলে খবর পাওয়া গেছে।"
    a = stated(30, hedge="at_least", evidence=sentence)
    b = stated(30, hedge="at_least", article="b", evidence=sentence.replace("পাওয়া গেছে", "মিলেছে"))
    c = stated(30, hedge="at_least", article="b", evidence="ত্রিশটির মতো বাড়ির চাল উড়ে গেছে, জানান চেয়ারম্যান।")
    assert relate(a, b).relation == "echo"
    assert relate(a, c).relation == "agrees"


def test_every_relation_names_the_rule_that_made_it() -> None:
    assert relate(stated(13), stated(18, article="b", day=TOMORROW)).rule == "relations.moved_on"


def test_a_long_series_is_related_within_reach() -> None:
    from dabi.reconciliation.relations import NEAREST

    members = [stated(n, day=TODAY + n, article=f"b{n:03}") for n in range(1, 101)]
    found = relations_of(members)
    assert len(found) < 100 * NEAREST + 1
    assert {r.relation for r in found} == {"moved"}
