"""Claims that people have coded: the same rules link them, in any language and without a text."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from dabi.ledger.coded import CodedClaim, coded_claims
from dabi.reconciliation.coded import coded_report
from dabi.reconciliation.names import kilometres, name_likeness
from dabi.reconciliation.outcome import line_of, reconcile

DATA = Path(__file__).parent / "data"


def grouped(*claims: CodedClaim) -> list[set[str]]:
    found = reconcile([coded_report(claim) for claim in claims]).series
    return [{str(m.claim) for m in one.series.members} for one in found]


def claim(id: str, **given: object) -> CodedClaim:
    fields = {
        "date_start": "2021-03-04",
        "date_end": "2021-03-04",
        "place": "Mirabad",
        "actors": ("Dolna Front", "army"),
        "event": "clash",
        "counted": "deaths",
        "low": 14,
        "high": 14,
        **given,
    }
    return CodedClaim(id=id, **fields)  # type: ignore[arg-type]


def test_links_of_a_table_with_look_alikes() -> None:
    """195 claims over 40 invented events: one place on two days, one day in two places, injured beside dead."""
    claims = [row.claim for row in coded_claims(DATA / "coded_claims.csv") if row.claim is not None]
    with (DATA / "coded_series.csv").open(encoding="utf-8", newline="") as file:
        truth = {row["id"]: row["series"] for row in csv.DictReader(file)}
    assert len(claims) == len(truth) >= 120
    assert len({series.split("/")[0] for series in truth.values()}) == 40
    group = {id: n for n, ids in enumerate(grouped(*claims)) for id in ids}
    right = said = meant = 0
    for a, b in itertools.combinations(sorted(truth), 2):
        one, same = group[a] == group[b], truth[a] == truth[b]
        right += one and same
        said += one
        meant += same
    assert 2 * right / (said + meant) >= 0.85


@pytest.mark.parametrize(
    "other",
    [
        claim("b", counted="killed", date_start="2021-03-05", date_end="2021-03-05", low=15, high=15),
        claim("b", place="Meerabad town, Dolna district", actors=("DF (Dolna Front)",)),
        claim("b", date_start="2021-03-03", date_end="2021-03-06", counted="fatalities"),
    ],
)
def test_the_same_told_otherwise(other: CodedClaim) -> None:
    assert grouped(claim("a"), other) == [{"a", "b"}]


@pytest.mark.parametrize(
    "other",
    [
        claim("b", counted="injured"),
        claim("b", date_start="2021-03-12", date_end="2021-03-12"),
        claim("b", place="Karsand"),
        claim("b", unit="USD"),
    ],
)
def test_look_alikes(other: CodedClaim) -> None:
    assert sorted(map(sorted, grouped(claim("a"), other))) == [["a"], ["b"]]


def test_coordinates_stand_in_for_the_name() -> None:
    here = claim("a", place=None, latitude=23.41, longitude=88.92)
    near = claim("b", place=None, latitude=23.44, longitude=88.90)
    far = claim("c", place=None, latitude=24.90, longitude=88.90)
    assert sorted(map(sorted, grouped(here, near, far))) == [["a", "b"], ["c"]]


def test_a_member_is_named_by_the_id_of_its_claim() -> None:
    found = reconcile([coded_report(claim("a")), coded_report(claim("b", low=16, high=16, reported="2021-03-08"))])
    (line,) = (line_of(one) for one in found.series)
    assert line["members"] == [{"claim": "a"}, {"claim": "b"}]
    assert [r["relation"] for r in line["relations"]] == ["moved"]


def test_only_an_id_and_a_value() -> None:
    assert sorted(map(sorted, grouped(CodedClaim(id="a", low=3, high=3), CodedClaim(id="b", low=3, high=3)))) == [
        ["a"],
        ["b"],
    ]


def test_names() -> None:
    assert name_likeness("Port Sélin", "Selin port") == pytest.approx(1.0, abs=0.5)
    assert name_likeness("Harin Khola", "Harinkhola") == 1.0
    assert name_likeness("Mirabad", "Karsand") == 0.0
    assert name_likeness("মিরাবাদ", "Mirabad") is None
    assert kilometres((23.8, 90.4), (22.36, 91.8)) == pytest.approx(215, abs=5)
