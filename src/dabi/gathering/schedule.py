"""When to visit again: feeds as often as they change, pages on a widening schedule, failures ever later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

# Seconds between visits of a feed. A daily changes every few minutes by day; nobody needs a claim sooner.
SHORTEST, FIRST, LONGEST = 15 * 60.0, 30 * 60.0, 6 * 3600.0

# After its first reading a page is read again after these times, and then no more: corrections come within hours,
# seldom after three days.
REVISITS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))

# A page that could not be had is tried so often in all.
TRIES = 5
_PAGE_AGAIN = timedelta(minutes=10)

# What is known of a page is forgotten so long after its last visit: in four months feeds and sitemaps of news no longer
# name it. What a list still names is past when it was older than this at the list's last visit; a month sooner, so that
# what is forgotten can't pass for new.
FORGOTTEN, PAST = timedelta(days=120), timedelta(days=90)

# After so many failures in a row a host is left alone for long; before that only for a few of its own delays.
PATIENT_WITH = 5
_HOST_AGAIN, _HOST_LATEST = 15 * 60.0, 24 * 3600.0
_CHANNEL_SOON = 3600.0


def between_visits(current: float, *, news: bool, asked: float | None, fixed: float | None) -> float:
    """Seconds until the next visit of a feed or sitemap.

    `current`: what it was until now (0 before the first visit). `asked`: the pause that the feed itself asks for, which
    is kept to. `fixed`: what the person who follows it wants, which wins.
    """
    if fixed is not None:
        return fixed
    adapted = current or FIRST
    if current:
        adapted = current / 2 if news else current * 1.5
    return max(min(max(adapted, SHORTEST), LONGEST), asked or 0.0)


def channel_again(usual: float, failures: int, *, passes: bool) -> float:
    """Seconds until a feed is tried again that failed so often in a row. `usual`: its time between visits.

    What passes by itself (the host or the network is in trouble) is tried again within the hour.
    """
    return min((usual or SHORTEST) * 2.0 ** min(failures, 10), _CHANNEL_SOON if passes else LONGEST)


def revisit(step: int) -> timedelta | None:
    """How long after its last visit a page is read again, after so many revisits; None for no more."""
    return REVISITS[step] if step < len(REVISITS) else None


def page_again(failures: int) -> timedelta | None:
    """When to try a page again that failed so often in a row: 10 min, 40 min, 160 min, 10 h; None for no more."""
    return _PAGE_AGAIN * 4 ** (failures - 1) if failures < TRIES else None


def host_pause(failures: int, delay: float, chance: Callable[[], float]) -> float:
    """Seconds to leave a host alone that failed so often in a row: doubling, give or take a quarter.

    First a few of its own delays, so that a hiccup costs little; from `PATIENT_WITH` failures on 15 minutes and more,
    a day at the most. `chance` gives numbers from 0 to 1: many watchers must not come back in step.
    """
    if failures < PATIENT_WITH:
        pause = delay * 2.0**failures
    else:
        pause = min(_HOST_AGAIN * 2.0 ** min(failures - PATIENT_WITH, 20), _HOST_LATEST)
    return float(pause * (0.75 + 0.5 * chance()))
