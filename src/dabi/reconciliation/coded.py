"""Claims that people have coded elsewhere, as reports of one figure without text, and how two of them compare.

There are no sentences to read, but there is what coders fill in: days, a place by name and often by its coordinates,
who took part, what is counted. Two such figures are told apart by these; each feature has its weight in `weights.tsv`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..bengali.passage import passage
from ..ledger.coded import CodedClaim
from .days import days
from .intervals import digits, interval, meet, middle, same_value
from .names import kilometres, name_likeness, words_of_name
from .origins import origin_words
from .statement import Clues, Report, Statement
from .terms import Terms
from .vocabulary import group_of_happening, happening_of, term_of, thing_of

_NEAR = 15.0  # km: the spread of coordinates that coders give to one place
_FAR = 60.0  # km
_WEEKS = 21  # days of an event that are keys
_LATE = 2  # days after an event within which most reports of it appear
_SPREAD = 1.5  # days of reports that count as one day of the event
_CELL = 0.5  # degrees


def coded_report(claim: CodedClaim) -> Report:
    """The report that a coded claim makes."""
    since, until = days(claim.edtf)
    reported, _ = days(claim.reported)
    asof = reported if reported is not None else until if until is not None else since
    words = " ".join(filter(None, [claim.event, claim.counted, claim.note, claim.place, *claim.actors]))
    terms = Terms()
    content = [term_of(word) for word in passage(words).words]
    terms.add(content, headline=False)
    place = (claim.place,) if claim.place else ()
    counted = passage(claim.counted or "").words
    happening = _first(counted) or _first(passage(claim.event or "").words)
    published = claim.reported or claim.date_end or claim.date_start
    article = claim.article
    statement = Statement(
        article=article,
        start=0,
        end=0,
        claim=claim.id,
        outlet=claim.report,
        published=published,
        position="coded",
        evidence=claim.note or "",
        low=claim.low,
        high=claim.high,
        hedge=claim.hedge,
        kind=claim.kind,
        unit=claim.unit,
        counted=claim.counted,
        event=claim.event,
        actors=claim.actors,
        source=claim.source,
        origin=origin_words(claim.source),
        asof=asof,
        latitude=claim.latitude,
        longitude=claim.longitude,
        clues=Clues(
            things=tuple(thing_of(word) for word in counted if word[:1].isalpha() and happening_of(word) is None),
            happening=happening,
            happenings=(happening,) if happening else (),
            near=tuple(dict.fromkeys(term for term in content if term is not None)),
            note=tuple(dict.fromkeys(t for w in passage(claim.note or "").words if (t := term_of(w)) is not None)),
            places=place,
            scene=place,
            window="point" if since is not None else None,
            since=since,
            until=until,
        ),
    )
    return Report(
        id=article,
        outlet=claim.report,
        published=published,
        day=since if since is not None else reported,
        title=claim.note or claim.event,
        terms=terms.heaviest(),
        statements=(statement,),
    )


def _first(words: list[str]) -> str | None:
    return next((concept for word in words if (concept := happening_of(word.casefold())) is not None), None)


def coded_keys(statement: Statement) -> Iterator[str]:
    """The keys under which coded claims of one event meet: a stretch of days with a place or with who took part."""
    clues = statement.clues
    since = clues.since if clues.since is not None else statement.asof
    until = clues.until if clues.until is not None else since
    if since is None or until is None:
        stretches = {-1}
    else:
        stretches = {day // 4 for day in range(since - 2, min(until, since + _WEEKS) + 3)}
    spots = {word[:4] for place in clues.places for word in words_of_name(place)}
    if statement.latitude is not None and statement.longitude is not None:
        row, column = statement.latitude / _CELL, statement.longitude / _CELL
        spots |= {f"{math.floor(row + i)},{math.floor(column + j)}" for i in (-0.5, 0.5) for j in (-0.5, 0.5)}
    if not spots:
        spots = {word[:4] for actor in statement.actors for word in words_of_name(actor)}
    for stretch in sorted(stretches):
        for spot in sorted(spots):
            yield f"@{stretch} {spot}"


def coded_features(a: Statement, b: Statement) -> dict[str, float]:
    """The features of two coded claims of one kind and unit."""
    found: dict[str, float] = {"coded": 1.0}
    _counted(found, a, b)
    _days(found, a, b)
    _place(found, a, b)
    _actors(found, a, b)
    _value(found, a, b)
    one, other = set(a.clues.note), set(b.clues.note)
    if one and other:
        found["coded_note"] = 2 * len(one & other) / (len(one) + len(other))
    if a.event and b.event:
        found["coded_event"] = name_likeness(a.event, b.event) or 0.0
    return {name: value for name, value in found.items() if value}


def _counted(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = a.clues.happening, b.clues.happening
    if a.counted and b.counted and a.counted.casefold() == b.counted.casefold():
        return
    if one is not None and other is not None and one != other:
        group = group_of_happening(one)
        same_group = bool(group) and group == group_of_happening(other)
        found["coded_counted_other"] = 1.0 if same_group else 0.5
    elif (one is None) != (other is None) and a.counted and b.counted:
        found["coded_counted_other"] = 0.5
    elif one is None and a.counted and b.counted and not _one_thing(a, b):
        found["coded_counted_other"] = 1.0


def _one_thing(a: Statement, b: Statement) -> bool:
    alike = name_likeness(a.counted or "", b.counted or "")
    return bool(alike) or bool(set(a.clues.things) & set(b.clues.things))


def _days(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = a.clues, b.clues
    if one.since is not None and other.since is not None:
        one_end = one.until if one.until is not None else one.since
        other_end = other.until if other.until is not None else other.since
        gap = max(one.since - other_end, other.since - one_end, 0)
        found["coded_day_same"] = 1.0 if gap == 0 else 0.0
        found["coded_days_apart"] = float(min(max(gap - 1, 0), 6))
    elif a.asof is not None and b.asof is not None:
        found["coded_days_apart"] = min(max(abs(a.asof - b.asof) - _LATE, 0) / _SPREAD, 6.0)


def _place(found: dict[str, float], a: Statement, b: Statement) -> None:
    likeness = None
    if a.clues.places and b.clues.places:
        likeness = name_likeness(a.clues.places[0], b.clues.places[0])
    if likeness is not None:
        found["coded_place"] = likeness
    if None not in (a.latitude, a.longitude, b.latitude, b.longitude):
        far = kilometres((a.latitude or 0, a.longitude or 0), (b.latitude or 0, b.longitude or 0))
        found["coded_near"] = max(0.0, 1.0 - far / _NEAR)
        if not likeness or far > 4 * _FAR:
            found["coded_far"] = min(max(far - _NEAR, 0.0) / _FAR, 3.0)
    elif likeness == 0.0:
        found["coded_far"] = 2.0


def _actors(found: dict[str, float], a: Statement, b: Statement) -> None:
    if not a.actors or not b.actors:
        return
    best = [max((name_likeness(x, y) or 0.0) for y in b.actors) for x in a.actors]
    found["coded_actor_same" if max(best) > 0 else "coded_actor_other"] = max(best) if max(best) > 0 else 1.0


def _value(found: dict[str, float], a: Statement, b: Statement) -> None:
    one, other = middle(a), middle(b)
    if same_value(a, b):
        found["coded_value_same"] = min(digits(a), 2) if one and abs(one) > 3 else 0.5
    elif one and other and one > 0 and other > 0:
        found["coded_value_apart"] = min(abs(math.log2(one / other)), 4.0)
    if a.outlet and a.outlet == b.outlet and not meet(interval(a), interval(b)):
        found["coded_one_report"] = 1.0
