"""Whole readings of short articles: mentions joined into claims, in offsets of the text as it came in."""

from dabi.bengali.script import fold_text
from dabi.extraction import analyse, analyse_traced
from dabi.model import Analysis, Article, Claim, Region, Span


def read(text: str, published: str | None = "2025-07-18") -> Analysis:
    """A headline, then body paragraphs, a line each."""
    headline, *_ = text.split("\n")
    regions = []
    at = len(headline) + 1
    for line in text.split("\n")[1:]:
        if line:
            regions.append(Region(at, at + len(line)))
        at += len(line) + 1
    article = Article(headline=Span(0, len(headline), headline), published=published, body=tuple(regions))
    return analyse(text, article, id="test")


def claims_by_figure(analysis: Analysis) -> dict[str, Claim]:
    return {analysis.quantities[c.quantity].text: c for c in analysis.claims}


FLOOD = """নদীভাঙনে বিপাকে চরের মানুষ

চরাঞ্চলে নদীভাঙনে ৪২টি ঘর বিলীন হয়েছে। এর মধ্যে কুড়িগ্রামে ৩০ ও গাইবান্ধায় ১২।
জেলা প্রশাসক শাহানা বেগম বলেন, ‘গতকাল ২৩ জন নিহত হয়েছেন। আমরা ৫০০ নৌকা পাঠাব।’
"""


def test_every_claim_opens_on_its_sentence() -> None:
    analysis = read(FLOOD)
    for claim in analysis.claims:
        quantity = analysis.quantities[claim.quantity]
        assert claim.sentence.start <= quantity.start < quantity.end <= claim.sentence.end
        assert FLOOD[quantity.start : quantity.end] == quantity.text


def test_who_what_where_and_how_it_stands() -> None:
    analysis = read(FLOOD)
    claims = claims_by_figure(analysis)
    dead = claims["২৩ জন"]
    assert dead.event == "death"
    assert dead.status == "happened"
    assert dead.attribution is not None
    source = analysis.attributions[dead.attribution].source
    assert source is not None
    assert source.text == "জেলা প্রশাসক শাহানা বেগম"
    assert dead.time is not None
    assert analysis.times[dead.time].edtf == "2025-07-17"
    assert dead.actors == (fold_text("শাহানা বেগম"),)
    assert claims["৫০০"].status == "expected"
    assert claims["৪২টি"].attribution is None  # the outlet's own voice
    assert claims["৩০"].places == (fold_text("কুড়িগ্রাম"),)
    assert claims["১২"].places == ("গাইবান্ধা",)


def test_this_time_is_not_last_year() -> None:
    claims = claims_by_figure(read("গত বছর মারা যান ২০ জন, এবার মারা গেছেন ২১ জন।"))
    assert claims["২০ জন"].time is not None
    assert claims["২১ জন"].time is None


def test_a_part_is_no_larger_than_its_whole() -> None:
    claims = claims_by_figure(read("মৃতদের মধ্যে ১২ জন নারী ও ৭ জন শিশু। এঁদের মধ্যে ১৫ জনের পরিচয় মিলেছে।"))
    assert (claims["১৫ জন"].counted, claims["১৫ জন"].event) == (None, "death")


def test_a_country_in_the_name_of_a_body_is_no_place() -> None:
    claims = claims_by_figure(read("বাংলাদেশ ব্যাংকের হিসাবে ৯ জন ঋণ নেন। বাংলাদেশে ১৫ জন ঋণ নেন।"))
    assert claims["৯ জন"].places == ()
    assert claims["১৫ জন"].places == ("বাংলাদেশ",)


def test_a_list_of_places_belongs_to_its_figure() -> None:
    claims = claims_by_figure(read("বরগুনায় ৫ জন, সাতক্ষীরা, খুলনা ও বাগেরহাটে ২ জন করে মারা গেছেন।"))
    assert claims["৫ জন"].places == ("বরগুনা",)
    assert claims["২ জন"].places == ("সাতক্ষীরা", "খুলনা", "বাগেরহাট")


def test_numbers_in_order_belong_to_the_places_in_order() -> None:
    claims = claims_by_figure(read("বরগুনা, খুলনা ও বাগেরহাটে যথাক্রমে ৫, ৩ ও ২ জন মারা গেছেন।"))
    assert [claims[figure].places for figure in ("৫", "৩", "২ জন")] == [("বরগুনা",), ("খুলনা",), ("বাগেরহাট",)]


def test_a_figure_in_brackets_is_of_the_place_before_them() -> None:
    claims = claims_by_figure(read("বেশি ভোট পড়েছে রংপুর (৯০ শতাংশ), বগুড়া (৮৮ শতাংশ) ও খুলনায়।"))
    assert claims["৯০ শতাংশ"].places == ("রংপুর",)
    assert claims["৮৮ শতাংশ"].places == (fold_text("বগুড়া"),)


def test_people_are_rescued_and_goods_are_seized() -> None:
    claims = claims_by_figure(
        read("ট্রলার থেকে ১২ জনকে উদ্ধার করা হয়। নৌকা থেকে ২০ হাজার পিস ইয়াবা উদ্ধার করা হয়। ভবন থেকে ৭ শ্রমিক উদ্ধার হন।")
    )
    assert [claims[figure].event for figure in ("১২ জন", "২০ হাজার পিস", "৭")] == ["rescue", "seizure", "rescue"]


def test_what_is_given_to_the_families_of_the_dead_is_compensation() -> None:
    claims = claims_by_figure(
        read(
            "নিহত ব্যক্তিদের প্রত্যেকের পরিবারকে ৫০ হাজার টাকা দেওয়া হবে। আহতদের ১০ হাজার টাকা অনুদান দেওয়া হয়। "
            "বেঁচে যাওয়া যাত্রীর পরিবার ভাড়া বাবদ ৩০০ টাকা দেয়।"
        )
    )
    events = [claims[figure].event for figure in ("৫০ হাজার টাকা", "১০ হাজার টাকা", "৩০০ টাকা")]
    assert events == ["compensation", "compensation", "price"]


def test_who_have_died_are_not_dying() -> None:
    claims = claims_by_figure(read("নিহতদের মধ্যে ৭ জন নারী রয়েছেন। নিখোঁজদের মধ্যে ৯ জন নারী রয়েছেন।"))
    assert (claims["৭ জন"].event, claims["৭ জন"].status) == ("death", "happened")
    assert (claims["৯ জন"].event, claims["৯ জন"].status) == ("missing", "ongoing")


def test_what_is_done_is_not_promised_with_what_is_to_come() -> None:
    claims = claims_by_figure(read("ত্রাণ পেয়েছে ১২০ পরিবার, আরও ৩০০ পরিবারকে দেওয়ার প্রতিশ্রুতি দিয়েছেন ইউএনও।"))
    assert (claims["১২০"].status, claims["১২০"].event) == ("happened", "supply")
    assert (claims["৩০০"].status, claims["৩০০"].event) == ("promised", "pledge")


def test_parts_take_up_the_thing_counted_before() -> None:
    claims = claims_by_figure(read(FLOOD))
    assert {claims[figure].counted for figure in ("৪২টি", "৩০", "১২")} == {"ঘর"}


def test_without_a_publication_date_relative_dates_stay_open_and_say_why() -> None:
    analysis = read(FLOOD, published=None)
    (yesterday,) = [t for t in analysis.times if t.text == "গতকাল"]
    assert yesterday.edtf is None
    assert yesterday.unresolved
    assert any("গতকাল" in warning for warning in analysis.warnings)


def test_the_same_text_gives_the_same_ids_and_another_value_another() -> None:
    first, second = read(FLOOD), read(FLOOD)
    assert [c.id for c in first.claims] == [c.id for c in second.claims]
    changed = read(FLOOD.replace("৪২টি", "৪৩টি"))
    assert first.claims[0].id != changed.claims[0].id
    assert len({c.id for c in first.claims}) == len(first.claims)


def test_traces_run_parallel_to_the_mentions() -> None:
    article = Article(body=(Region(0, len(FLOOD)),))
    analysis, traces = analyse_traced(FLOOD, article, id="x")
    assert [q.rule for q in analysis.quantities] == [t.rule for t in traces.quantities]
    assert [t.rule for t in analysis.times] == [t.rule for t in traces.times]
    assert [a.rule for a in analysis.attributions] == [t.rule for t in traces.attributions]


def test_nothing_is_read_outside_the_named_parts() -> None:
    text = "মাঠে ১২টি গরু।\nআরও পড়ুন: ৫০ জন নিহত\n"
    analysis = analyse(text, Article(body=(Region(0, 14),), furniture=(Region(15, len(text) - 1),)), id="x")
    assert [q.text for q in analysis.quantities] == ["১২টি"]


def test_a_caption_printed_twice_is_read_once() -> None:
    caption = "ত্রাণ নিতে আসা ৩০টি পরিবার"
    text = f"{caption}\n{caption}\nমাঠে ১২টি গরু।\n"
    at = len(caption) + 1
    article = Article(captions=(Region(0, at - 1), Region(at, 2 * at - 1)), body=(Region(2 * at, len(text) - 1),))
    assert [q.text for q in analyse(text, article, id="x").quantities] == ["৩০টি", "১২টি"]


def test_the_financial_year_is_that_of_the_outlets_country() -> None:
    text = "২০২৩-২৪ অর্থবছরে রপ্তানি কমেছে।"
    here = Article(published="2025-07-18", outlet="Prothom Alo", body=(Region(0, len(text)),))
    there = Article(published="2025-07-18", outlet="Anandabazar Patrika", body=(Region(0, len(text)),))
    assert [t.edtf for t in analyse(text, here, id="x").times] == ["2023-07/2024-06"]
    assert [t.edtf for t in analyse(text, there, id="x").times] == ["2023-04/2024-03"]


def test_taka_is_the_rupee_in_an_indian_paper() -> None:
    text = "সেতুটির খরচ ৫০ কোটি টাকা।"
    for outlet, unit in (("Prothom Alo", "BDT"), ("Anandabazar Patrika", "INR"), (None, "BDT")):
        article = Article(outlet=outlet, body=(Region(0, len(text)),))
        assert [q.unit for q in analyse(text, article, id="x").quantities] == [unit]


def test_a_line_of_nothing_but_marks_behind_speech_is_read_too() -> None:
    found = read('শিরোনাম\nচিকিৎসক মাসুদ রহমান ১২ জনের মৃত্যুর কথা নিশ্চিত করেছেন।\n"""\n')
    assert [quantity.low for quantity in found.quantities] == [12]


def test_a_quotation_with_nobody_named_behind_its_comma_is_read_too() -> None:
    found = read('শিরোনাম\n"১২ জন মারা গেছেন। ৫ জন আহত",\n')
    assert [quantity.low for quantity in found.quantities] == [12, 5]
    assert read('("ঢাকার ৫ শহর", "ঢাকা শহর"),\n').attributions == ()


def test_a_page_of_figures_without_end_is_read_and_says_what_is_not_compared() -> None:
    """No sentence of it is longer than one of the news, and all its figures are there."""
    analysis = read("বরিশালে ৫ জন নিহত " * 700)
    assert len(analysis.claims) == 700
    longest = max(claim.sentence.end - claim.sentence.start for claim in analysis.claims)
    assert longest < 10_000
    assert "only the first 500 of its 700 figures are compared" in analysis.warnings
    assert not read("বরিশালে ৫ জন নিহত। " * 20).warnings
