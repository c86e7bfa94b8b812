"""The chart of a series: what is drawn for which claim, what its marks say, and the SVG that a browser gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from claim_records import FERRY, FERRY_RELATIONS, claim, relation
from dabi.export.chart_axes import milliseconds, short_number, time_axis, value_axis
from dabi.export.chart_metadata import series_metadata
from dabi.export.chart_points import MOST_SOURCES, drawing
from dabi.export.charts import COLOURS, FONTS, SHAPES, series_spec, series_svg
from dabi.export.wording import word
from dabi.ledger.results import Series

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
BENGALI_LETTER = re.compile("[ঀ-৿]")


def rows(spec: dict[str, Any], **wanted: object) -> list[dict[str, Any]]:
    """The data of the layers whose mark is as wanted."""
    return [
        row
        for layer in spec["layer"]
        if all(layer["mark"].get(name) == value for name, value in wanted.items())
        for row in layer["data"]["values"]
    ]


def labelled(svg: str) -> list[ElementTree.Element]:
    return [e for e in ElementTree.fromstring(svg).iter() if e.get("aria-label") and e.find(f"{SVG}title") is not None]


def test_every_claim_has_one_mark_that_says_when_how_much_and_who() -> None:
    spec = series_spec(FERRY, FERRY_RELATIONS, language="bn")
    assert spec["usermeta"]["dabi"]["drawn"] == [c.key for c in FERRY]
    told = [e.get("aria-label") for e in labelled(series_svg(FERRY, FERRY_RELATIONS, language="bn"))]
    marks = [text for text in told if text and not text.startswith("বিরোধ:")]
    assert len(marks) == len(FERRY)
    assert any(text.startswith("৪ মার্চ ২০২৫, ০৯:৩০: ১১ · চাঁদপুর জেলা প্রশাসন · ভোরের পাতা") for text in marks)
    about = word("hedge.about", "bn", n="২০")
    assert any(text.startswith(f"৬ মার্চ ২০২৫: {about} · {FERRY[5].source} (দাবি করেছে)") for text in marks)


def test_hedges_are_drawn_and_no_bound_becomes_a_value() -> None:
    points = {p.claim: p for p in drawing(FERRY, (), "en", None).points}
    assert (points[101].arrow, points[101].hollow, points[101].shape) == (None, False, "point")
    assert (points[301].arrow, points[301].hollow) == ("up", False)  # at least 12
    assert (points[501].arrow, points[501].hollow) == (None, True)  # about 20
    assert (points[601].shape, points[601].low, points[601].high) == ("bar", 22, 26)
    assert (points[701].arrow, points[701].low) == ("down", 30)  # up to 30
    several = drawing([claim(1, "2025-01-01", 1000, hedge="several")], (), "en", None).points[0]
    assert (several.arrow, several.hollow) == ("up", True)


@pytest.mark.parametrize(
    ("hedge", "mark"),
    [
        ("about", {"type": "point", "filled": False}),
        ("more_than", {"type": "point", "shape": "triangle-up"}),
        ("at_least", {"type": "point", "shape": "triangle-up"}),
    ],
)
def test_a_hedge_has_its_own_layer(hedge: str, mark: dict[str, object]) -> None:
    hedged = series_spec([claim(1, "2025-01-01", 5, hedge=hedge), claim(2, "2025-01-02", 6)])
    assert [row["claim"] for row in rows(hedged, **mark)] == [1]
    plain = series_spec([claim(1, "2025-01-01", 5), claim(2, "2025-01-02", 6)])
    assert rows(plain, **mark) == []


def test_conflicts_are_joined_and_said() -> None:
    spec = series_spec(FERRY, FERRY_RELATIONS, language="en")
    pairs: dict[int, list[float]] = {}
    for row in rows(spec, type="line"):
        pairs.setdefault(row["pair"], []).append(row["low"])
    assert sorted(pairs.values()) == [[11, 13], [20, 22]]
    texts = {row["claim"]: row["text"] for row in rows(spec, type="point") if "claim" in row}
    assert "conflicts with 13 (ফায়ার সার্ভিস" in texts[101]
    assert "conflicts" not in texts[401]
    assert rows(series_spec(FERRY, ()), type="line") == []


def test_relations_of_other_claims_are_passed_over() -> None:
    spec = series_spec(FERRY[:2], [relation(101, 9999, "conflicts")])
    assert rows(spec, type="line") == []


def test_of_one_report_the_named_source_is_drawn_large_and_its_headline_as_an_echo() -> None:
    headline = claim(1, "2025-03-04", 17, report=9, source=None, in_headline=True)
    said = claim(2, "2025-03-04", 17, report=9, source="ফায়ার সার্ভিস")
    later = claim(3, "2025-03-05", 17, report=10, source="ফায়ার সার্ভিস")
    relations = [relation(1, 2, "echo"), relation(1, 3, "echo")]
    points = {p.claim: p.echo for p in drawing([headline, said, later], relations, "en", None).points}
    assert points == {1: True, 2: False, 3: True}


def test_a_small_mark_of_about_stays_hollow() -> None:
    claims = [claim(1, "2025-03-04", 20, hedge="about"), claim(2, "2025-03-05", 20, hedge="about")]
    spec = series_spec(claims, [relation(1, 2, "echo")], language="en")
    (layer,) = (layer for layer in spec["layer"] if layer["mark"].get("filled") is False)
    thickness = layer["encoding"]["strokeWidth"]
    assert thickness["condition"]["test"] == "datum.echo"
    assert thickness["condition"]["value"] < thickness["value"]


def test_sources_of_one_shape_have_colours_far_apart() -> None:
    """The two blues and the two browns never meet in one shape among the first twelve."""
    alike = [{"#0072b2", "#3f8fc4"}, {"#a06c00", "#7d6f64"}]
    looks = [(SHAPES[i % len(SHAPES)], COLOURS[i % len(COLOURS)]) for i in range(MOST_SOURCES)]
    met = [{a, b} for (one, a), (other, b) in combinations(looks, 2) if one == other]
    assert len(met) > 5
    assert [pair for pair in met if pair in alike or len(pair) == 1] == []


def test_a_mark_lies_within_its_day() -> None:
    """Lines stand where days begin, labels in the middle of what is shown of a day: the first one is cut."""
    moments = [datetime(2025, 9, 3, 20, 30, tzinfo=UTC), datetime(2025, 9, 6, 21, tzinfo=UTC)]
    axis = time_axis(moments, "en", width=640)
    midnights = [milliseconds(datetime(2025, 9, day, tzinfo=UTC)) for day in (4, 5, 6, 7)]
    assert list(axis.lines) == [line for line in midnights if line <= axis.domain[1]]
    assert [label[0] for label in axis.labels] == ["3 September", "4 September", "5 September", "6 September"]
    assert axis.domain[0] < axis.ticks[0] < axis.lines[0] < axis.ticks[1] < axis.lines[1]
    days = [claim(0, "2025-09-03T12:00", 9), claim(1, "2025-09-04T09:00", 17), claim(2, "2025-09-06T21:00", 22)]
    spec = series_spec(days, language="en")
    first = next(row["at"] for row in rows(spec, type="point") if row["claim"] == 1)
    lines = [row["at"] for row in rows(spec, type="rule") if "claim" not in row]
    assert any(line <= first < line + 86_400_000 for line in lines)


def test_an_echo_is_small() -> None:
    points = {p.claim: p for p in drawing(FERRY, FERRY_RELATIONS, "en", None).points}
    assert [key for key, p in points.items() if p.echo] == [402]
    assert "echo of an earlier report" in points[402].text


def test_one_origin_has_one_colour_however_it_is_written() -> None:
    made = drawing(FERRY, (), "bn", None)
    assert made.sources.count("চাঁদপুর জেলা প্রশাসন") == 1
    assert {p.source for p in made.points if p.claim in (101, 401, 402)} == {"চাঁদপুর জেলা প্রশাসন"}
    assert next(p.source for p in made.points if p.claim == 301) == "দিনের আলো"  # the outlet's own voice


def test_of_very_many_sources_the_rest_are_drawn_as_others() -> None:
    names = [f"{'কখগঘঙচছজঝঞটঠডঢণত'[i]}{'লমনপফবভম'[i % 8]}ারু দপ্তর" for i in range(16)]
    many = [claim(i, "2025-01-01", i, source=name) for i, name in enumerate(names)]
    # The first one speaks once and the others twice, so that it is among those drawn as one.
    many += [claim(20 + i, "2025-01-02", i, source=name) for i, name in enumerate(names[1:12])]
    made = drawing(many, (), "en", None)
    assert len(made.sources) == MOST_SOURCES
    assert made.sources[-1] == "5 other sources"


def test_what_is_not_drawn_is_said() -> None:
    given = [
        claim(1, None, 5),
        claim(2, "2025-01-02", None, hedge="several", high=None, text="কয়েক"),
        claim(3, "2025-01-03", 7, kind="money", unit="BDT"),
        claim(4, "2025-01-04", 8),
        claim(5, "2025-01-05", 19),
    ]
    spec = series_spec(given, language="en")
    assert spec["usermeta"]["dabi"]["drawn"] == [4, 5]
    assert spec["usermeta"]["dabi"]["notes"] == [
        "Not drawn for want of a date: 1",
        "Not drawn because in another unit: 1",
        "Not drawn for want of a number: 1",
    ]


def test_units_of_one_dimension_are_brought_to_one() -> None:
    given = [
        claim(1, "2025-01-01", 2, kind="measure", unit="km"),
        claim(2, "2025-01-02", 3, kind="measure", unit="km"),
        claim(3, "2025-01-03", 2500, kind="measure", unit="m"),
    ]
    made = drawing(given, (), "en", None)
    assert made.unit == "km"
    assert [p.low for p in made.points] == pytest.approx([2, 3, 2.5])
    assert "2,500 m" in made.points[2].text  # what is said stays as it was written


def test_nothing_to_draw_is_a_chart_that_says_so() -> None:
    assert "আঁকার মতো কিছু নেই" in series_svg([], language="bn")
    spec = series_spec([claim(1, None, 5)], language="en")
    assert spec["usermeta"]["dabi"] == {"notes": ["Not drawn for want of a date: 1"], "drawn": []}


def test_marks_of_one_moment_stand_beside_each_other() -> None:
    same = [claim(i, "2025-01-01", 10, outlet=f"পত্রিকা {i}") for i in range(6)] + [claim(9, "2025-01-09", 12)]
    spec = series_spec(same)
    at = sorted(row["at"] for row in rows(spec, type="point") if row["claim"] < 9)
    first, last = spec["encoding"]["x"]["scale"]["domain"]
    pixels = [(one - first) / (last - first) * 640 for one in at]
    assert all(b - a >= 10 for a, b in pairwise(pixels))
    assert all(0 <= p <= 640 for p in pixels)


# What the reader gets


def test_svg_is_bengali_without_a_latin_digit() -> None:
    svg = series_svg(FERRY, FERRY_RELATIONS, language="bn", title="লঞ্চডুবিতে মৃতের সংখ্যা")
    shown = [e.text or "" for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert any("মার্চ" in text for text in shown)
    assert not [text for text in shown if re.search("[0-9A-Za-z]", text)]
    assert any(BENGALI_LETTER.search(text) for text in shown)


def test_svg_names_a_bengali_font_and_takes_the_colour_of_its_page() -> None:
    texts = list(ElementTree.fromstring(series_svg(FERRY)).iter(f"{SVG}text"))
    assert {e.get("font-family") for e in texts} == {FONTS}
    assert {e.get("fill") for e in texts} == {"currentColor"}


def test_svg_is_fit_for_a_strict_page() -> None:
    """No style attribute, script or event handler, and nothing that would be fetched."""
    svg = series_svg(FERRY, FERRY_RELATIONS, link=lambda c: f"#c{c.key}")
    for element in ElementTree.fromstring(svg).iter():
        assert element.tag not in (f"{SVG}script", f"{SVG}style", f"{SVG}image", f"{SVG}foreignObject")
        assert "style" not in element.attrib
        assert not [name for name in element.attrib if name.startswith("on")]
    assert "vega.github.io" not in svg


def test_every_mark_opens_its_sentence() -> None:
    svg = series_svg(FERRY, link=lambda c: f"/claims/{c.id}?x=1#s")
    found = [e.get(HREF) for e in ElementTree.fromstring(svg).iter() if e.get(HREF)]
    assert sorted(found) == sorted(f"/claims/{c.id}?x=1#s" for c in FERRY)
    assert HREF not in series_svg(FERRY)


def test_hostile_words_stay_words() -> None:
    evil = "<script>alert('১')</script> \"]}' + \\ দপ্তর"
    svg = series_svg([claim(1, "2025-01-01", 5, source=evil), claim(2, "2025-01-02", 6)], title=evil)
    tree = ElementTree.fromstring(svg)
    assert not list(tree.iter(f"{SVG}script"))
    assert any(evil in (e.get("aria-label") or "") for e in tree.iter())


def test_the_chart_has_a_name_and_its_parts_speak_the_language() -> None:
    tree = ElementTree.fromstring(series_svg(FERRY, language="bn", title="মৃত"))
    assert tree.get("aria-label") == "৮টি দাবির চিত্র: মৃত"
    assert tree.get("lang") == "bn"
    said = [e.get("aria-label") or "" for e in tree.iter() if e.get("aria-hidden") != "true"]
    assert not [text for text in said if re.search("axis|scale|Symbol legend", text)]
    kinds = {e.get("aria-roledescription") for e in labelled(series_svg(FERRY, language="bn"))}
    assert kinds == {"দাবি"}


def test_colours_are_seen_on_light_and_dark_paper() -> None:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour, paper in [(c, p) for c in COLOURS for p in ("#ffffff", "#171614")]:
        high, low = sorted((luminance(colour), luminance(paper)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3, (colour, paper)
    signs = {(COLOURS[i % len(COLOURS)], SHAPES[i % len(SHAPES)]) for i in range(len(COLOURS) * len(SHAPES))}
    assert len(signs) == len(COLOURS) * len(SHAPES)


# Axes


@pytest.mark.parametrize("width", [290, 640])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025-03-04", "2025-03-06"),
        ("2025-01-20", "2025-03-06"),
        ("2024-10-18", "2025-07-13"),
        ("1999-10-18", "2025-07-13"),
        ("0001-01-01", "9999-12-30"),
    ],
)
def test_time_has_few_ticks_inside_its_domain_and_names_the_year(first: str, last: str, width: int) -> None:
    moments = [datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC) for day in (first, last)]
    if first == "0001-01-01":
        moments = [datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 1, 1, tzinfo=UTC)]
    axis = time_axis(moments, "bn", width=width)
    assert 1 <= len(axis.ticks) <= width // 60
    assert all(axis.domain[0] <= tick <= axis.domain[1] for tick in axis.ticks)
    assert axis.domain[0] <= milliseconds(moments[0]) <= milliseconds(moments[1]) <= axis.domain[1]
    assert not re.search("[0-9A-Za-z]", "".join(part for label in axis.labels for part in label))
    years = set("০১২৩৪৫৬৭৮৯")
    assert set(axis.labels[0][-1]) <= years  # the first tick says which year it is in


@pytest.mark.parametrize(
    ("values", "log", "from_zero"),
    [
        ([5], False, True),
        ([11, 13, 18], False, True),
        ([100, 101], False, False),
        ([0, 0], False, True),
        ([-5, 12], False, True),
        ([1000, 1e9], True, False),
        ([2.2e-313, 1], True, False),
        ([12.5, 12.5], False, True),
    ],
)
def test_values_lie_inside_their_scale(values: list[float], log: bool, from_zero: bool) -> None:
    axis = value_axis(values, "en", height=300, room=30)
    assert (axis.log, axis.from_zero) == (log, from_zero)
    assert axis.domain[0] <= min(values) <= max(values) < axis.domain[1]
    assert 1 <= len(axis.ticks) <= 8
    assert all(axis.domain[0] <= tick <= axis.domain[1] for tick in axis.ticks)


def test_a_scale_that_misleads_is_named() -> None:
    spec = series_spec([claim(1, "2025-01-01", 100), claim(2, "2025-01-02", 101)], language="en")
    assert spec["usermeta"]["dabi"]["notes"] == ["The scale does not begin at zero."]
    tall = series_spec([claim(1, "2025-01-01", 1), claim(2, "2025-01-02", 1001)], language="en")
    assert "logarithmic" in tall["usermeta"]["dabi"]["notes"][0]


@pytest.mark.parametrize(
    ("value", "bn", "en"),
    [
        (28000, "২৮,০০০", "28,000"),
        (150000, "১.৫ লাখ", "150,000"),
        (12000000, "১.২ কোটি", "12 million"),
        (2.5e9, "২৫০ কোটি", "2.5 billion"),
        (0, "০", "0"),
        (0.25, "০.২৫", "0.25"),
        (-3, "-৩", "-3"),
    ],
)
def test_numbers_on_an_axis_are_short(value: float, bn: str, en: str) -> None:
    assert (short_number(value, "bn"), short_number(value, "en")) == (bn, en)


# Metadata


def test_metadata_name_method_sources_and_every_sentence() -> None:
    series = Series(id="s1", label="মৃত", claims=tuple(c.key for c in FERRY), detail={"origins": 6})
    given = [*FERRY, claim(901, None, 40)]
    made = series_metadata(series, given, FERRY_RELATIONS, language="en", title="Ferry", made_by="dabi 1")
    assert made["title"] == "Ferry"
    assert {c["id"] for c in made["claims"]} == {c.id for c in given}
    assert all(c["text"] in c["sentence"] for c in made["claims"])
    assert made["left_out"] == {"undated": ["c901"]}
    drawn = [name for source in made["sources"] for name in source["claims"]]
    assert sorted(drawn) == sorted(c.id for c in FERRY)
    assert {"a": "c101", "b": "c201", "relation": "conflicts", "rule": None} in made["relations"]
    assert made["method"]["truth"] == "Whether a claim is true is not said."
    spec = series_spec(given, FERRY_RELATIONS, language="en", title="Ferry")
    legend = spec["layer"][-1]["encoding"]["color"]["scale"]
    assert [(s["name"], s["colour"]) for s in made["sources"]] == list(
        zip(legend["domain"], legend["range"], strict=True)
    )
