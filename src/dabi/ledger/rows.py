"""Analyses to rows and rows to records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from ..model import Analysis, Attribution, Quantity, Span
from .coded import CodedClaim
from .dates import days
from .errors import LedgerRefused
from .records import ClaimRecord
from .schema import CLAIMS_PER_READING
from .words import joined, stems, words

Row = dict[str, Any]
# Longest name that an index of PostgreSQL takes (2,704 bytes) in Bengali, with room for a second column.
_LONGEST_NAME = 400
# Where a name is shown or sought, not quoted: characters that PostgreSQL's text type refuses.
_REFUSED = re.compile("[\0\ud800-\udfff]")

_encode = msgspec.json.Encoder().encode


@cache
def _decoder() -> msgspec.json.Decoder[Analysis]:
    return msgspec.json.Decoder(Analysis)


def packed(text: str) -> bytes:
    """A text to be kept exactly, lone surrogates and all."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def packed_analysis(analysis: Analysis) -> bytes:
    """Without its text, which is kept beside it."""
    return zlib.compress(_encode(msgspec.structs.replace(analysis, text=None)), 1)


def unpacked_analysis(data: bytes) -> Analysis:
    return _decoder().decode(zlib.decompress(data))


def plain(text: str) -> str:
    """A text that every database takes."""
    return _REFUSED.sub("\ufffd", text)


def name(text: str | None) -> str | None:
    """A name short enough for an index."""
    return plain(text[:_LONGEST_NAME]) if text is not None else None


def mention_rows(key: int, analysis: Analysis) -> list[Row]:
    rows: list[Row] = []

    def add(kind: str, n: int, start: int, end: int, text: str, value: str | None, rule: str) -> None:
        rows.append(
            {
                "article": key,
                "kind": kind,
                "n": n,
                "start": start,
                "end": end,
                "text": plain(text),
                "value": value and plain(value),
                "rule": rule,
            }
        )

    for n, q in enumerate(analysis.quantities):
        add("quantity", n, q.start, q.end, q.text, _json([q.low, q.high, q.hedge, q.kind, q.unit]), q.rule)
    for n, t in enumerate(analysis.times):
        add("time", n, t.start, t.end, t.text, t.edtf or t.duration or t.set, t.rule)
    for n, a in enumerate(analysis.attributions):
        at = a.source or a.cue or (a.content[0] if a.content else Span(0, 0, ""))
        add("attribution", n, at.start, at.end, at.text, a.speaker or (a.cue.text if a.cue else None), a.rule)
    return rows


def claim_rows(key: int, analysis: Analysis, text: str) -> list[Row]:
    """One row for each claim of a reading; see `ClaimRecord`."""
    if len(analysis.claims) >= CLAIMS_PER_READING:
        raise LedgerRefused(f"{analysis.id} holds more claims than the ledger keeps of one article")
    headline = analysis.article.headline
    rows = []
    sentences: dict[tuple[int, int], str] = {}  # one string for all claims of a sentence
    for n, claim in enumerate(analysis.claims):
        quantity = analysis.quantities[claim.quantity]
        said = None if claim.attribution is None else analysis.attributions[claim.attribution]
        edtf = None if claim.time is None else analysis.times[claim.time].edtf
        first, last = days(edtf)
        extent = (claim.sentence.start, claim.sentence.end)
        if extent not in sentences:
            sentences[extent] = plain(text[extent[0] : extent[1]])
        rows.append(
            {
                "key": key * CLAIMS_PER_READING + n,
                "article": key,
                "id": claim.id,
                "start": quantity.start,
                "end": quantity.end,
                "text": plain(quantity.text),
                "sentence_start": claim.sentence.start,
                "sentence_end": claim.sentence.end,
                "sentence": sentences[extent],
                "in_headline": headline is not None and headline.start <= quantity.start < headline.end,
                **_value_columns(quantity),
                "counted": name(claim.counted),
                "event": name(claim.event),
                "status": claim.status,
                "places": plain(_json(claim.places)),
                "actors": plain(_json(claim.actors)),
                **_source_columns(said),
                "time": edtf,
                "date_start": first,
                "date_end": last,
                "latitude": None,
                "longitude": None,
                "note": None,
                "coded_report": None,
            }
        )
    return rows


def _value_columns(quantity: Quantity) -> Row:
    return {
        "low": quantity.low,
        "high": quantity.high,
        "hedge": quantity.hedge,
        "kind": quantity.kind,
        "unit": name(quantity.unit),
        "of": name(quantity.of.text) if quantity.of is not None else None,
    }


def _source_columns(said: Attribution | None) -> Row:
    if said is None:
        return {"source": None, "speaker": None, "source_type": None, "act": None, "via": "[]"}
    return {
        "source": plain(said.source.text) if said.source is not None else None,
        "speaker": said.speaker and plain(said.speaker),
        "source_type": said.source_type,
        "act": said.act,
        "via": plain(_json([via.text for via in said.via])),
    }


def coded_row(key: int, claim: CodedClaim) -> Row:
    """The row of a claim that people coded."""
    first, last = days(claim.date_start)[0], days(claim.date_end or claim.date_start)[1]
    return {
        "key": key * CLAIMS_PER_READING,
        "article": key,
        "id": claim.id,
        "start": None,
        "end": None,
        "text": "",
        "sentence_start": None,
        "sentence_end": None,
        "sentence": plain(claim.note or ""),
        "in_headline": False,
        "low": claim.low,
        "high": claim.high,
        "hedge": claim.hedge,
        "kind": claim.kind,
        "unit": name(claim.unit),
        "of": name(claim.counted),
        "counted": name(claim.counted),
        "event": name(claim.event),
        "status": "happened",
        "places": plain(_json([claim.place] if claim.place else [])),
        "actors": plain(_json(claim.actors)),
        "source": claim.source and plain(claim.source),
        "speaker": None,
        "source_type": None,
        "act": None,
        "via": "[]",
        "time": claim.edtf,
        "date_start": first,
        "date_end": last,
        "latitude": claim.latitude,
        "longitude": claim.longitude,
        "note": claim.note and plain(claim.note),
        "coded_report": name(claim.report),
    }


class Fields(msgspec.Struct, frozen=True):
    """The words under which something is found, as they stand, and those of names, without their endings."""

    words: list[str]
    people: list[str]
    places: list[str]
    sources: list[str]


def claim_fields(row: Mapping[str, Any]) -> Fields:
    places: list[str] = msgspec.json.decode(row["places"])
    actors: list[str] = msgspec.json.decode(row["actors"])
    via: list[str] = msgspec.json.decode(row["via"])
    said = [text for text in (row["source"], row["speaker"]) if text]
    rest = [row["counted"] or "", *places] if row["start"] is None else [row["counted"] or ""]
    return Fields(
        words=joined([row["sentence"], *rest]),
        people=stems(dict.fromkeys([*actors, *said])),
        places=stems(places),
        sources=stems([*said, *via]),
    )


def article_fields(analysis: Analysis, text: str, claims: Sequence[Mapping[str, Any]]) -> Fields:
    """The article without its furniture, everybody who says something in it, and all places of its claims."""
    article = analysis.article
    regions = sorted((r.start, r.end) for r in (*article.body, *article.captions))
    if article.headline is not None:
        regions.insert(0, (article.headline.start, article.headline.end))
    said: dict[str, None] = {}
    through: dict[str, None] = {}
    for a in analysis.attributions:
        said.update(dict.fromkeys(t for t in (a.source.text if a.source else None, a.speaker) if t))
        through.update(dict.fromkeys(via.text for via in a.via))
    actors = dict.fromkeys(actor for claim in analysis.claims for actor in claim.actors)
    places = dict.fromkeys(place for row in claims for place in msgspec.json.decode(row["places"]))
    body = joined(text[start:end] for start, end in regions) if regions else words(text)
    return Fields(words=body, people=stems([*actors, *said]), places=stems(places), sources=stems([*said, *through]))


_TUPLES = ("places", "actors", "via")


def claim_record(row: Mapping[Any, Any]) -> ClaimRecord:
    """The record of a row of `claims` joined with its reading, report and page."""
    values = dict(row)
    for column in _TUPLES:
        found = values[column]
        values[column] = tuple(msgspec.json.decode(found)) if found != "[]" else ()
    values["low"] = whole(values["low"])
    values["high"] = whole(values["high"])
    return ClaimRecord(**values)


def whole(value: float | None) -> float | int | None:
    """Databases keep all figures as doubles; whole ones come back as integers."""
    return int(value) if value is not None and value.is_integer() else value


def _json(value: object) -> str:
    return _encode(value).decode()
