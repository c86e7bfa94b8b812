"""Several times that share their last word: ২১, ২৩ ও ২৫ জুলাই; ২০১৪, ২০১৮ ও ২০২৪ সালে; রবি, মঙ্গল ও বৃহস্পতিবার."""

from __future__ import annotations

from .edtf import Point
from .intervals import moment_mention
from .lexer import ERAS, WEEKDAYS
from .points import read_moment
from .scan import GLUED_ENDINGS, Found, Scan
from .years import DASHES

_LONGEST_LIST = 31  # longer runs of numbers are no list of days or years
_LIST = frozenset({",", "ও", "এবং"})


def day_list(scan: Scan, i: int) -> Found | None:
    """২১, ২৩ ও ২৫ জুলাই; ২০১৪, ২০১৮ ও ২০২৪ সালে: one time each, the last one says the rest."""
    words = scan.words
    if not words[i].isdecimal() or i + 2 >= len(words):
        return None
    items = [i]
    j = i + 1
    while (
        len(items) < _LONGEST_LIST
        and j + 1 < len(words)
        and words[j] in _LIST
        and words[j + 1].isdecimal()
        and len(words[j + 1]) in (2, 4, 1)
    ):
        items.append(j + 1)
        j += 2
    if len(items) < 2:
        return None
    last = items[-1]
    if len(words[i]) == 4:
        return _year_list(scan, items, j)
    if len(items) < 3 or not all(1 <= int(words[k]) <= 31 for k in items):
        return None
    m = read_moment(words, last)
    if m is None or m.day is None or m.month is None or m.day_to is not None:
        return None
    mentions = []
    for k in items:
        m.day = int(words[k])
        end = m.end if k == last else k + 1
        mentions.append(moment_mention(scan, m, k, end, ""))
    return mentions, m.end


def _year_list(scan: Scan, items: list[int], end: int) -> Found | None:
    """Years joined by commas and ও; two digits continue the century."""
    words = scan.words
    first = int(words[items[0]])
    if not 1800 <= first <= 2099:
        return None
    century = first // 100 * 100
    years = []
    for k in items:
        if len(words[k]) == 4:
            year = int(words[k])
        elif len(words[k]) == 2:
            year = century + int(words[k])
        else:
            return None
        if not 1800 <= year <= 2099:
            return None
        years.append(year)
    closes = end < len(words) and (words[end] in ERAS.single or words[end] in DASHES)
    if not closes and not all(len(words[k]) == 4 for k in items):
        return None
    last_end = end
    if end < len(words) and words[end] in ERAS.single:
        last_end = end + 1
    elif end + 1 < len(words) and words[end] in DASHES and words[end + 1] in GLUED_ENDINGS:
        last_end = end + 2
    mentions = []
    for k, year in zip(items, years, strict=True):
        stop = last_end if k == items[-1] else k + 1
        mentions.append(scan.mention(k, stop, "times.year_list", (), edtf=str(year)))
    scan.anchors.name(Point(years[-1]), scan.passage.starts[items[-1]])
    return mentions, last_end


def weekday_list(scan: Scan, i: int) -> Found | None:
    """রবি, মঙ্গল ও বৃহস্পতিবার: three days and more are a timetable."""
    words = scan.words
    count, j, full = 0, i, False
    while count <= 7:
        found = WEEKDAYS.at(words, j)
        if found is None:
            break
        count, j, full = count + 1, found[1], not found[0].value.short
        if j < len(words) and words[j] in _LIST and WEEKDAYS.at(words, j + 1) is not None:
            j += 1
        else:
            break
    if count < 3 or not full:
        return None
    return [scan.mention(i, j, "times.weekday_list", ("weekdays.tsv",), set="P1W")], j
