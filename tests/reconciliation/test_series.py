"""Which figures of which reports count the same thing."""

from __future__ import annotations

import random

from dabi.extraction import MOST_COMPARED
from dabi.reconciliation.features import weights
from dabi.reconciliation.judged import join_as_told, judged
from dabi.reconciliation.outcome import line_of, reconcile
from dabi.reconciliation.series import components, links_between, series_of
from dabi.reconciliation.statement import Report
from dabi.reconciliation.stories import neighbours
from dabi.reconciliation.summaries import label_of
from telling import figure, told

FERRY = told(
    """চাঁদপুরে লঞ্চডুবি, নিহত ৭
চাঁদপুরের মতলবে মেঘনা নদীতে একটি লঞ্চ ডুবে অন্তত ৭ জন নিহত হয়েছেন। আহত হয়েছেন ২২ জন।
নৌ পুলিশ জানায়, লঞ্চটিতে প্রায় ১২০ জন যাত্রী ছিলেন। এখনো ১৫ জন নিখোঁজ রয়েছেন।""",
    "2025-06-10",
    "ferry-1",
)
FERRY_NEXT = told(
    """মতলবে লঞ্চডুবি: মৃতের সংখ্যা বেড়ে ১১
চাঁদপুরের মতলবে মেঘনা নদীতে লঞ্চডুবির ঘটনায় আরও চারজনের লাশ উদ্ধার করা হয়েছে। এ নিয়ে মৃতের সংখ্যা বেড়ে ১১ জনে দাঁড়াল।
নৌ পুলিশ জানিয়েছে, নিখোঁজ ১১ জনের সন্ধানে অভিযান চলছে।""",
    "2025-06-11",
    "ferry-2",
)
STORM = told(
    """যশোরে কালবৈশাখীতে নিহত ৭
যশোরের চৌগাছায় কালবৈশাখী ঝড়ে গাছ চাপা পড়ে অন্তত ৭ জন নিহত হয়েছেন। আহত হয়েছেন ২২ জন।""",
    "2025-06-10",
    "storm-1",
)
FLU = (
    told(
        """ডায়রিয়ায় এক দিনে ভর্তি ৮৫
গত ২৪ ঘণ্টায় ডায়রিয়ায় আক্রান্ত হয়ে বরিশালের হাসপাতালে ভর্তি হয়েছেন ৮৫ জন। চলতি বছর ডায়রিয়া নিয়ে হাসপাতালে ভর্তি হয়েছেন ২ হাজার ১৪৩ জন।""",
        "2025-04-02",
        "flu-1",
    ),
    told(
        """ডায়রিয়া নিয়ে হাসপাতালে আরও ৯১
গত ২৪ ঘণ্টায় ডায়রিয়ায় আক্রান্ত হয়ে বরিশালের হাসপাতালে ভর্তি হয়েছেন ৯১ জন। চলতি বছর ডায়রিয়া নিয়ে হাসপাতালে ভর্তি হয়েছেন ২ হাজার ২৩৪ জন।""",
        "2025-04-03",
        "flu-2",
    ),
)


def groups(*reports: Report) -> list[set[tuple[str, str]]]:
    """The series of reports as sets of (report, figure as written), those of one figure left out."""
    found = series_of(reports, neighbours(reports))
    return [{(m.article, m.text) for m in s.members} for s in found if len(s.members) > 1]


def together(found: list[set[tuple[str, str]]], *members: tuple[str, str]) -> bool:
    return any(set(members) <= group for group in found)


def test_a_toll_is_followed_from_report_to_report() -> None:
    found = groups(FERRY, FERRY_NEXT)
    assert together(found, ("ferry-1", "অন্তত ৭ জন"), ("ferry-2", "১১"))
    assert together(found, ("ferry-1", "৭"), ("ferry-1", "অন্তত ৭ জন"))


def test_the_dead_the_injured_the_missing_and_the_aboard_stay_apart() -> None:
    found = groups(FERRY, FERRY_NEXT)
    for other in ("২২ জন", "প্রায় ১২০ জন", "১৫ জন"):
        assert not together(found, ("ferry-1", "অন্তত ৭ জন"), ("ferry-1", other))
    assert together(found, ("ferry-1", "১৫ জন"), ("ferry-2", "১১ জন")) or not any(
        ("ferry-1", "১৫ জন") in group for group in found
    )


def test_an_addition_is_not_the_total() -> None:
    assert not together(groups(FERRY, FERRY_NEXT), ("ferry-2", "চারজন"), ("ferry-2", "১১"))


def test_equal_figures_of_another_event_elsewhere_are_not_linked() -> None:
    found = groups(FERRY, STORM)
    assert not together(found, ("ferry-1", "অন্তত ৭ জন"), ("storm-1", "অন্তত ৭ জন"))
    assert not together(found, ("ferry-1", "২২ জন"), ("storm-1", "২২ জন"))


def test_a_days_figure_is_followed_and_never_mixed_with_the_years() -> None:
    found = groups(*FLU)
    assert together(found, ("flu-1", "৮৫ জন"), ("flu-2", "৯১ জন"))
    assert together(found, ("flu-1", "২ হাজার ১৪৩ জন"), ("flu-2", "২ হাজার ২৩৪ জন"))
    assert not together(found, ("flu-1", "৮৫ জন"), ("flu-1", "২ হাজার ১৪৩ জন"))


def test_synonyms_count_one_thing() -> None:
    one = told(
        "সীমান্তে ১১ হাজার সেনা\nপ্রতিরক্ষা মন্ত্রণালয় জানায়, করিমপুর সীমান্তে ১১ হাজার সেনা পাঠিয়েছে দেশটি।",
        id="x",
        published="2025-05-01",
    )
    other = told(
        "সীমান্তে সৈন্য বাড়ছে\nগোয়েন্দারা বলছেন, করিমপুর সীমান্তে প্রায় ১৩ হাজার সৈন্য পাঠানো হয়েছে।", id="y", published="2025-05-03"
    )
    assert figure(one, "১১ হাজার", 2).clues.things == figure(other, "প্রায় ১৩ হাজার").clues.things
    assert together(groups(one, other), ("x", "১১ হাজার"), ("y", "প্রায় ১৩ হাজার"))


def test_what_is_promised_is_not_what_was_sent() -> None:
    report = told(
        """ত্রাণ নিয়ে বিতর্ক
জেলা প্রশাসন বাঘারপাড়ায় ৪০০ বস্তা চাল পাঠিয়েছে।
মন্ত্রী বলেন, আগামী সপ্তাহে বাঘারপাড়ায় আরও ৯০০ বস্তা চাল পাঠানো হবে।""",
        id="relief",
    )
    assert not together(groups(report), ("relief", "৪০০ বস্তা"), ("relief", "৯০০ বস্তা"))


def test_women_are_not_all() -> None:
    report = told(
        """মেলায় আহত ৪০
সোনাতলার মেলায় হুড়োহুড়িতে ৪০ জন আহত হয়েছেন। তাঁদের মধ্যে ২৬ জন নারী আহত হয়েছেন।""",
        id="fair",
    )
    assert not together(groups(report), ("fair", "৪০ জন"), ("fair", "২৬ জন"))


def test_every_link_is_explained_by_weighted_features() -> None:
    reports = [FERRY, FERRY_NEXT]
    links = [link for s in series_of(reports, neighbours(reports)) for link in s.links]
    assert links
    for link in links:
        assert abs(sum(share for _, share in link.features) - link.score) < 1e-9
        assert {name for name, _ in link.features} <= weights().keys()


def test_the_order_of_reports_does_not_matter() -> None:
    reports = [FERRY, FERRY_NEXT, STORM, *FLU]
    expected = [line_of(found) for found in reconcile(reports).series]
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        assert [line_of(found) for found in reconcile(reports).series] == expected


def test_a_persons_word_outweighs_all_features() -> None:
    reports = [FERRY, FERRY_NEXT]
    statements = [s for report in reports for s in report.statements]
    found = series_of(reports, neighbours(reports))
    links = [link for s in found for link in s.links]
    series = next(s for s in found if len(s.members) > 1)
    a, b = series.members[0], series.members[-1]
    apart = join_as_told(statements, links, [judged(a, b, together=False)])
    assert not any(a in s.members and b in s.members for s in apart)
    lone = [s for s in found if len(s.members) == 1]
    one, other = lone[0].members[0], lone[1].members[0]
    joined = join_as_told(statements, links, [judged(one, other, together=True)])
    assert any(one in s.members and other in s.members for s in joined)


def test_series_do_not_reach_over_components() -> None:
    reports = [FERRY, FERRY_NEXT, STORM, *FLU]
    found = series_of(reports, neighbours(reports))
    held = components(link for s in found for link in s.links)
    for series in found:
        keys = {m.key for m in series.members}
        if len(keys) > 1:
            assert any(keys <= group for group in held)


SIEGE = told(
    """সীমান্ত পেরিয়ে তুরস্কের সেনারা
তুরস্কের সেনারা সিরিয়ার সীমান্ত পেরিয়ে ১৮ কিলোমিটার ভেতরে ঢুকেছে। আলেপ্পো থেকে ৪০ হাজার মানুষকে সরিয়ে নেওয়া হয়েছে।""",
    "2025-03-04",
    "siege-1",
)
SIEGE_NEXT = told(
    """সিরিয়ায় তুরস্কের সেনাদের অভিযান চলছে
সিরিয়ার সেনাবাহিনীর মতে, অভিযান মাত্র ৯ কিলোমিটার গভীর।
লড়াইয়ের মুখে সিরিয়ায় ঘর ছেড়ে পালিয়েছেন ৫৫ হাজার মানুষ।""",
    "2025-03-05",
    "siege-2",
)


def test_the_only_number_of_each_report_for_what_happened_is_one_series() -> None:
    found = groups(SIEGE, SIEGE_NEXT)
    assert together(found, ("siege-1", "১৮ কিলোমিটার"), ("siege-2", "৯ কিলোমিটার"))


def test_a_town_and_the_country_in_which_it_lies_are_no_two_places() -> None:
    assert together(groups(SIEGE, SIEGE_NEXT), ("siege-1", "৪০ হাজার"), ("siege-2", "৫৫ হাজার"))


def test_what_a_year_has_come_to_is_not_what_one_day_brought() -> None:
    early = told(
        """ডায়রিয়ায় ভর্তি আরও ৬০
গত ২৪ ঘণ্টায় ডায়রিয়া নিয়ে হাসপাতালে ভর্তি হয়েছেন ৬০ জন।
চলতি বছরের প্রথম দুই দিনে এ পর্যন্ত ডায়রিয়া নিয়ে হাসপাতালে ভর্তি হয়েছেন ১৪৫ জন।""",
        "2025-01-02",
        "early",
    )
    late = told(
        """ডায়রিয়ায় ভর্তি আরও ১৪৫
গত ২৪ ঘণ্টায় ডায়রিয়া নিয়ে হাসপাতালে ভর্তি হয়েছেন ১৪৫ জন।
চলতি বছরে এ পর্যন্ত ডায়রিয়া নিয়ে হাসপাতালে ভর্তি হয়েছেন ২৯০ জন।""",
        "2025-01-03",
        "late",
    )
    found = groups(early, late)
    assert together(found, ("early", "১৪৫ জন"), ("late", "২৯০ জন"))
    assert together(found, ("early", "৬০ জন"), ("late", "১৪৫ জন"))
    assert not together(found, ("early", "১৪৫ জন"), ("late", "১৪৫ জন"))


def test_others_who_lie_in_hospital_are_no_addition_to_those_of_yesterday() -> None:
    burnt = """{head}
বগুড়ার শেরপুরে একটি চালকলে বয়লার বিস্ফোরণে দগ্ধ একজন মারা গেছেন। {lie} বার্ন ইউনিটে চিকিৎসাধীন।"""
    first = told(burnt.format(head="বয়লার বিস্ফোরণে একজনের মৃত্যু", lie="গুরুতর দগ্ধ অবস্থায় আরও পাঁচজন"), "2025-05-01", "boiler-1")
    second = told(burnt.format(head="বয়লার বিস্ফোরণ: চিকিৎসাধীন চারজন", lie="দগ্ধ অন্য চারজন"), "2025-05-02", "boiler-2")
    assert "new" not in figure(first, "পাঁচজন").clues.markers
    assert together(groups(first, second), ("boiler-1", "পাঁচজন"), ("boiler-2", "চারজন"))


def test_a_number_that_is_pointed_back_to_is_the_same_one() -> None:
    report = told(
        """নদীভাঙনে বিদ্যালয়
ভাঙনে নদীতে গেছে ১২টি বিদ্যালয়। আগামী বছরের জুনের মধ্যে এই ১২টি বিদ্যালয় নতুন জায়গায় চালু হবে।""",
        id="river",
    )
    (series,) = [s for s in reconcile([report]).series if len(s.series.members) > 1]
    assert [relation.relation for relation in series.relations] == ["echo"]


def test_swindles_of_a_kind_are_counted_as_swindles() -> None:
    report = told("সমবায়ে জালিয়াতি\nগত বছর সমবায়ে ২০টি বড় ধরনের ‘‘জালিয়াতি’’ ধরা পড়েছে।")
    assert figure(report, "২০টি").clues.things == ("কেলেঙ্কারি",)  # the word that stands for all of them


def test_what_befell_the_whole_befell_those_picked_out_of_it() -> None:
    report = told(
        """ডায়রিয়ায় ভর্তি ৮০
এক দিনে ডায়রিয়ায় আক্রান্ত হয়ে হাসপাতালে ভর্তি হয়েছেন ৮০ জন। আক্রান্তদের মধ্যে শহরের ৩০ জন রয়েছেন।""",
    )
    assert figure(report, "৩০ জন").clues.happening == "admission"


def test_equal_small_numbers_of_one_sentence_count_two_things() -> None:
    report = told("শতবর্ষী মসজিদ\nমসজিদটির গম্বুজ তিনটি, আর কোণের মিনার তিনটি।", id="mosque")
    assert groups(report) == []


def test_the_bound_of_a_class_is_no_measurement() -> None:
    report = told(
        """রাজশাহীতে তাপপ্রবাহ
আজ রাজশাহীতে সর্বোচ্চ তাপমাত্রা ছিল ৩৮ ডিগ্রি সেলসিয়াস। তাপমাত্রা ৩৮ ডিগ্রি সেলসিয়াস বা তার বেশি হলে তাকে মাঝারি তাপপ্রবাহ বলা হয়।""",
        id="heat",
    )
    assert "class" in figure(report, "৩৮ ডিগ্রি সেলসিয়াস বা তার বেশি").clues.markers
    assert groups(report) == []


def test_one_place_of_a_list_is_not_the_list() -> None:
    cold = told(
        """উত্তরে শীত
দিনাজপুর, পঞ্চগড়, নীলফামারী ও রংপুরে সর্বনিম্ন তাপমাত্রা নামে ১২-১৩ ডিগ্রি সেলসিয়াসে।
রংপুরে সর্বনিম্ন তাপমাত্রা ছিল ১৪ ডিগ্রি সেলসিয়াস।""",
        "2025-01-05",
        "cold",
    )
    (link,) = links_between(cold, cold, 1.0)
    assert "place_one" in dict(link.features)


def test_a_few_are_not_two() -> None:
    report = told("কারখানায় আগুন\nআগুনে পুড়েছে ২টি গাড়ি। শ্রমিকেরা জানান, পুড়েছে বেশ কয়েকটি দোকান।", id="fire")
    (link,) = links_between(report, report, 1.0)
    assert "value_same" not in dict(link.features)


def test_a_bare_degree_of_the_weather_is_one_of_celsius() -> None:
    reports = (
        told("শ্রীমঙ্গলে শীত\nআজ শ্রীমঙ্গলে সর্বনিম্ন তাপমাত্রা ছিল ৯ ডিগ্রি সেলসিয়াস।", "2025-01-05", "cold-1"),
        told("শ্রীমঙ্গলে শীত কমেনি\nআজ শ্রীমঙ্গলে সর্বনিম্ন তাপমাত্রা ছিল ১০ ডিগ্রি।", "2025-01-06", "cold-2"),
    )
    assert together(groups(*reports), ("cold-1", "৯ ডিগ্রি সেলসিয়াস"), ("cold-2", "১০ ডিগ্রি"))


def test_a_total_is_that_of_the_event_wherever_it_was_named_last() -> None:
    boiler = """{head}
বগুড়ার শেরপুরে একটি চালকলে বয়লার বিস্ফোরণ হয়।
দগ্ধ শ্রমিকদের {town} নেওয়া হয়েছে।
{toll}"""
    first = told(
        boiler.format(head="বয়লার বিস্ফোরণে মৃত্যু", town="ঢাকায়", toll="এ নিয়ে মৃতের সংখ্যা দুজনে দাঁড়াল।"),
        "2025-05-01",
        "boiler-1",
    )
    second = told(
        boiler.format(head="বয়লার বিস্ফোরণ", town="রংপুরে", toll="এ নিয়ে মোট ছয়জন প্রাণ হারালেন।"), "2025-05-02", "boiler-2"
    )
    early, late = figure(first, "দুজন"), figure(second, "ছয়জন")
    assert not set(early.clues.scene) & set(late.clues.scene)
    (link,) = (made for made in links_between(first, second, 0.5) if {made.a, made.b} == {early.key, late.key})
    assert "toll" in dict(link.features)


def test_a_part_is_no_larger_than_its_whole() -> None:
    report = told("পর্যবেক্ষক আসছেন\nপ্রথম ধাপে ১১ দেশের ৮০ জন পর্যবেক্ষক আসছেন। আট জেলের ছয়জন উদ্ধার হয়েছেন।")
    assert "part" not in figure(report, "৮০ জন").clues.markers
    assert "part" in figure(report, "ছয়জন").clues.markers


def test_a_number_of_five_digits_has_one_period_however_it_is_told() -> None:
    report = told(
        """সমবায়ে আত্মসাৎ
২০১০ থেকে ২০২৩ সাল পর্যন্ত সমবায় সমিতিতে আত্মসাৎ হয়েছে ৭২ হাজার ৪১৬ কোটি টাকা।
গত এক দশকে সমবায় সমিতিতে ৭২ হাজার ৪১৬ কোটি টাকার ঋণ কেলেঙ্কারি হয়েছে।""",
        id="coop",
    )
    (link,) = links_between(report, report, 1.0)
    assert "window_other" not in dict(link.features)
    assert together(groups(report), ("coop", "৭২ হাজার ৪১৬ কোটি টাকা"), ("coop", "৭২ হাজার ৪১৬ কোটি টাকা"))


def test_what_is_given_for_the_dead_is_no_death_and_is_called_what_it_is() -> None:
    report = told(
        """ফেরিডুবি: সহায়তার ঘোষণা
চাঁদপুরে ফেরিডুবিতে ৯ জন নিহত হয়েছেন। নিহত ব্যক্তিদের প্রত্যেকের পরিবারকে ৫০ হাজার টাকা দেওয়া হবে।""",
        "2025-06-12",
        "ferry-3",
    )
    dead, sum_ = figure(report, "৯ জন"), figure(report, "৫০ হাজার টাকা")
    assert (dead.clues.happening, sum_.clues.happening) == ("death", None)
    assert label_of([sum_]).split(" · ")[0] == "compensation"


def test_of_a_page_of_figures_without_end_only_the_first_are_compared() -> None:
    report = told("বন্যায় ক্ষতি\n" + "বরিশালে বন্যায় ৫ জন নিহত হয়েছেন। " * (MOST_COMPARED + 30), "2025-06-12", "endless")
    found = series_of([report], [])
    assert sum(len(s.members) for s in found) == MOST_COMPARED + 30
    assert max(len(s.members) for s in found) == MOST_COMPARED
    assert len(found) == 31
