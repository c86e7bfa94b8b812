"""What `quantities` gives besides values: offsets, traces, SI, and its place beside times."""

from __future__ import annotations

import pytest

from dabi.bengali import quantities
from dabi.bengali.mentions import TimeMention
from dabi.bengali.passage import passage
from dabi.model import Trace


def test_offsets_are_those_of_the_text_as_it_came_in() -> None:
    text = "\u200bআ\u09a1\u09bcাই লাখ টাকা পেয়েছেন র\u200d্যাব"
    (q,) = quantities.read(text)
    assert text[q.start : q.end] == q.text == "আ\u09a1\u09bcাই লাখ টাকা"


def test_the_trace_shows_the_derivation() -> None:
    (mention,) = quantities.find(passage("প্রায় সাড়ে তিন লাখ মানুষ"))
    assert mention.trace.rule == "quantities.number"
    assert "সাড়ে তিন লাখ → 3.5 × 100,000 = 350,000" in mention.trace.steps
    assert {"number_words.tsv: সাড়ে", "scales.tsv: লাখ", "hedges.tsv: প্রায়"} <= set(mention.trace.entries)


def test_what_is_a_time_is_no_quantity() -> None:
    p = passage("১২ জন মানুষ ৫ তারিখে ২০টি নৌকা আনেন")
    everything = [m.low for m in quantities.find(p)]
    start = p.text.index("20")
    taken = TimeMention(start=start, end=start + 4, trace=Trace("times.test"))
    assert everything == [12, 20]
    assert [m.low for m in quantities.find(p, [taken])] == [12]


def test_years_in_the_genitive_before_a_person_are_an_age_unless_a_time_takes_them() -> None:
    p = passage("৩৫ বছরের এক যুবককে আটক করা হয়।")
    (mention,) = quantities.find(p)
    assert (mention.low, mention.kind, mention.unit) == (35, "age", "year")
    assert p.text[mention.start : mention.end] == "35 বছর"
    assert quantities.find(p, [TimeMention(start=0, end=8, trace=Trace("times.test"))]) == []


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (10, "km", (10_000.0, "m")),
        (1, "maund", (37.3242, "kg")),
        (2, "bigha", (2675.607552, "m2")),
        (1, "decimal", (40.468564224, "m2")),
        (25, "degC", (298.15, "K")),
        (212, "degF", (373.15, "K")),
        (90, "km/h", (25.0, "m/s")),
        (6, "l/s", (0.006, "m3/s")),
        (3, "MW", (3_000_000.0, "W")),
    ],
)
def test_measures_convert_to_si(value: float, unit: str, expected: tuple[float, str]) -> None:
    converted = quantities.to_si(value, unit)
    assert converted is not None
    assert converted[0] == pytest.approx(expected[0])
    assert converted[1] == expected[1]


@pytest.mark.parametrize("unit", ["BDT", "year", "GB", "", "km/week"])
def test_what_has_no_si_unit_gives_none(unit: str) -> None:
    assert quantities.to_si(1, unit) is None
