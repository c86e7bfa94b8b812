"""The parts of a page, found from its headline downwards.

Each line is known by itself (`dabi.reading.seen`); here it is read in its place: above the headline, between headline
and article, in the article, behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ..bengali.places import find_place
from ..bengali.script import fold, fold_text
from .credits import ends_with_credit, is_byline
from .furniture import is_initials
from .lines import LONGEST_EXAMINED
from .outlets import outlet_of_line
from .seen import Seen

Role = Literal["headline", "byline", "dateline", "body", "caption", "furniture"]

_LONGEST_HEADLINE = 200  # code points
_FARTHEST_HEADLINE = 400  # lines above the first paragraph: menus may be long, and the search must end
_LONGEST_DECK = 250  # code points
_LONGEST_HEADER = 15  # lines from a deck to the article's first paragraph
_LONGEST_NAME = 45  # an author's name on a line of its own
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NAME = re.compile(r"[^\s,:–—।()\[\]•/-][^।|•]*[^\s,:–—।()\[\]•/-]")  # on a dateline, up to the first bar
_SHORTEST_CAPTION = 4  # words; shorter lines before a credit may be headings within the article
_LONGEST_TEASER = 240  # code points; longer paragraphs below related headlines are the article's
_BULLETS = "•*-–—●▪■০১২৩৪৫৬৭৮৯0123456789"
_AHEAD = 12  # lines looked at to tell teasers from an article that goes on
_STEM = 4  # letters by which words of a headline and of the article are compared


class Page:
    """The parts of a page, found from its headline downwards.

    `given` are the roles of the first lines where they are known, as those of an HTML page are from its markup.
    """

    def __init__(self, seen: Sequence[Seen], given: Sequence[Role] = ()) -> None:
        self.seen = seen
        self.roles: list[Role] = [*given, *["furniture"] * (len(seen) - len(given))]  # type: ignore[list-item]
        self.published: str | None = None
        self.updated: str | None = None
        self.clock: str | None = None
        self.byline: tuple[int, int] | None = None  # raw span
        first = self._first_paragraph(len(given))
        self.lead = self._stems_of_lead(first)
        if "byline" in given:
            line = seen[given.index("byline")].line
            self.byline = (line.start, line.end)
        if given:
            self.headline = given.index("headline") if "headline" in given else None
            top = len(given)
        else:
            self.headline = self._find_headline(first)
            top = self.headline + 1 if self.headline is not None else self._top_without_headline(first)
        if self.headline is not None:
            self.roles[self.headline] = "headline"
        self._dates(first)
        self._header(top, first)
        self._body(max(first, top))

    # The first paragraph

    def _first_paragraph(self, start: int) -> int:
        """The first line of running text; without any, the first line below the dates that could be text."""
        for i, s in enumerate(self.seen[start:], start):
            if s.plain and s.line.is_paragraph and not self._is_menu(i):
                return self._below_deck(i)
        last_date = max((i for i, s in enumerate(self.seen) if s.date is not None), default=-1)
        for i in range(max(last_date + 1, start), len(self.seen)):
            if self.seen[i].plain:
                return i
        return len(self.seen)

    def _below_deck(self, first: int) -> int:
        """The first paragraph, or the one below the date if a single sentence stands between headline and date."""
        seen = self.seen[first : first + _LONGEST_HEADER]
        dates = [n for n, s in enumerate(seen) if s.date is not None and s.date.labelled]
        if not dates or len(seen[0].line) > _LONGEST_DECK:
            return first
        if sum(s.plain and s.line.is_paragraph for s in seen[: dates[0]]) > 1:
            return first
        below = (n for n in range(dates[0], len(seen)) if seen[n].plain and seen[n].line.is_paragraph)
        found = next(below, None)
        return first if found is None else first + found

    def _is_menu(self, i: int) -> bool:
        line = self.seen[i].line
        return len(line) > LONGEST_EXAMINED and bool(line.text) and self.seen[i].sections > 0

    # The headline

    def _find_headline(self, first: int) -> int | None:
        """Of the lines above the article that could be its headline, the one that shares most words with it."""
        found = [i for i in range(max(0, first - _FARTHEST_HEADLINE), first) if self._may_be_headline(i)]
        if not found:
            return None
        found = [i for i in found if not self._is_byline(i)] or found
        dates = [i for i in range(first) if (date := self.seen[i].date) is not None and date.labelled]
        lead = self.lead
        runs: list[list[int]] = []
        for i in found:
            if runs and all(self._may_be_headline(j) for j in range(runs[-1][-1] + 1, i)):
                runs[-1].append(i)
            else:
                runs.append([i])
        likeness = {i: self._likeness(i, lead) for i in found}

        def nearness(run: list[int]) -> float:
            below = next((date for date in dates if date > run[-1]), None)
            above_date = below is not None and all(self._is_header(j) for j in range(run[-1] + 1, below))
            short = all(len(self.seen[i].line.words) < 3 for i in run)
            return max(likeness[i] for i in run) + above_date - 0.3 * short

        run = max(runs, key=nearness)  # of equals the first
        wanted = 0.4 * max(likeness[i] for i in run)
        for i in run:
            if likeness[i] >= wanted and len(self.seen[i].line.words) >= 3:
                return i
        return run[0]

    def _is_byline(self, i: int) -> bool:
        return is_byline(self.seen[i].line.text, self.seen[i].line.words)

    def _may_be_headline(self, i: int) -> bool:
        s = self.seen[i]
        return s.plain and s.line.is_title_like and len(s.line) <= _LONGEST_HEADLINE

    def _is_header(self, i: int) -> bool:
        """Whether a line may stand between headline and date: no menu, no section name, no marker of a list."""
        s = self.seen[i]
        return not s.sections and not s.outlet and not (s.phrase is not None and s.phrase.scope != "line")

    def _stems_of_lead(self, first: int) -> frozenset[str]:
        stems: set[str] = set()
        taken = 0
        for s in self.seen[first:]:
            if s.plain and s.line.is_paragraph:
                stems.update(word[:_STEM] for word in fold_text(s.line.raw[:2000]).split() if len(word) >= 3)
                taken += 1
                if taken == 6:
                    break
        return frozenset(stems)

    def _likeness(self, i: int, stems: frozenset[str]) -> float:
        """The share of a line's longer words that the article's beginning has too."""
        words = [word[:_STEM] for word in self.seen[i].line.words if len(word) >= 3]
        return sum(word in stems for word in words) / len(words) if words else 0.0

    def _top_without_headline(self, first: int) -> int:
        """Where the article's own lines begin when it has no headline: at its date, or at the first paragraph."""
        dates = [i for i in range(first) if self.seen[i].date is not None]
        return dates[0] if dates else first

    # Dates

    def _dates(self, first: int) -> None:
        """The dateline nearest the article; the clock at the top of a page shows today and is not taken."""
        dated = [
            (i, s.date) for i, s in enumerate(self.seen) if s.date is not None and (s.date.published or s.date.updated)
        ]
        headline = self.headline if self.headline is not None else -1
        labelled = [(i, d) for i, d in dated if d.labelled]
        own = [(i, d) for i, d in labelled if i < first] or labelled[:1]
        if not own:
            own = [(i, d) for i, d in dated if headline < i < first]
        if not own:
            own = [(i, d) for i, d in dated if i < headline and not d.is_clock and self._adjoins(i, headline)]
        for _, date in own:
            self.published = self.published or date.published
            self.updated = self.updated or date.updated
        if self.published is None:
            self.published = next((d.published for i, d in dated if headline < i < first and not d.labelled), None)
        if self.published is None:  # a change alone is all the page says of its publication
            self.published, self.updated = self.updated, None
        if self.published is None and dated and dated[0][0] < first:
            self.clock = dated[0][1].published

    def _adjoins(self, date: int, headline: int) -> bool:
        """Whether nothing but bylines and share lines stands between a date and the headline below it."""
        return all(self.seen[j].phrase is not None for j in range(date + 1, headline))

    # Between headline and article

    def _header(self, top: int, first: int) -> None:
        headline_words = self.seen[self.headline].line.words if self.headline is not None else []
        in_list = False
        for i in range(top, first):
            s = self.seen[i]
            line = s.line
            in_list = (in_list or (s.phrase is not None and s.phrase.scope == "list")) and s.date is None
            if s.date is not None:
                self.roles[i] = "dateline"
                self._byline_beside(s)
            elif s.caption is not None:
                self.roles[i] = "caption" if s.caption == "caption" else "furniture"
            elif not s.plain or in_list or len(line.words) < 2 or line.words == headline_words:  # one word: a town
                continue
            elif self._names_author(i):
                if self.byline is None:
                    self.roles[i] = "byline"
                    self.byline = (line.start, line.end)
                elif not self._is_byline(i):
                    self.roles[i] = "body"
            elif self._is_caption_by_place(i):
                self.roles[i] = "caption"
            else:
                self.roles[i] = "body"

    def _byline_beside(self, s: Seen) -> None:
        """The author's name on the dateline itself: “নিজস্ব প্রতিবেদক | প্রকাশ: …”."""
        if self.byline is not None or s.date is None or s.date.rest is None:
            return
        start, end = s.date.rest
        part = _NAME.search(s.line.text, start, end)
        if part is not None and len(part.group()) <= 2 * _LONGEST_NAME:
            start, end = fold(s.line.raw).raw_span(*part.span())
            self.byline = (s.line.start + start, s.line.start + end)

    def _names_author(self, i: int) -> bool:
        line = self.seen[i].line
        if line.ends == "stop":
            return False
        if self._is_byline(i):
            return True
        if len(line) > _LONGEST_NAME or not 1 < len(line.words) <= 4 or line.ends:
            return False
        likeness = self._likeness(i, self.lead)
        below_date = i > 0 and self.seen[i - 1].date is not None
        next_line = i + 1
        while next_line < len(self.seen) and self._is_byline(next_line):  # of who edited it
            next_line += 1
        above_date = next_line < len(self.seen) and self.seen[next_line].date is not None
        return (above_date and likeness < 0.5) or (below_date and likeness == 0)

    def _is_caption_by_place(self, i: int) -> bool:
        """Printed twice, followed by a bare credit, or closed by an agency's name."""
        seen = self.seen
        line = seen[i].line
        twin = any(
            seen[j].line.words == line.words for j in (i - 1, i + 1) if 0 <= j < len(seen) and seen[j].line.words
        )
        credit_below = i + 1 < len(seen) and seen[i + 1].caption == "credit" and len(line) <= 300
        return twin or credit_below or ends_with_credit(line.text, line.words)

    # The article and what is behind it

    def _body(self, first: int) -> None:
        seen, roles = self.seen, self.roles
        in_list = teasers = False
        written = 0
        left = self._text_left()
        for i in range(first, len(seen)):
            s = seen[i]
            line = s.line
            phrase = s.phrase
            if phrase is not None:
                if phrase.scope == "end" and written and left[i] <= written:
                    break
                in_list = in_list or phrase.scope != "line"
                teasers = in_list and (teasers or phrase.kind == "counter")
            elif s.date is not None and (s.date.labelled or in_list):
                roles[i] = "dateline"
            elif "/" in line.text and written and left[i] <= written and self._is_signature(i):
                break
            elif s.caption is not None:
                roles[i] = "caption" if s.caption == "caption" and not in_list else "furniture"
            elif not in_list and self._has_credit_below(i):
                roles[i] = "caption"
            elif in_list and line.is_paragraph and not self._resumes(i, teasers):
                teasers = True
            elif self._is_article_text(i, in_list):
                in_list = teasers = False
                roles[i] = "body"
                written += len(line)
        self._drop_loose_headlines(first)

    def _has_credit_below(self, i: int) -> bool:
        """Whether a line within the article is the caption of the picture whose credit follows."""
        line = self.seen[i].line
        return (
            self.seen[i].plain
            and line.ends != "stop"
            and len(line.words) >= _SHORTEST_CAPTION
            and len(line) <= _LONGEST_DECK
            and i + 1 < len(self.seen)
            and self.seen[i + 1].caption == "credit"
        )

    def _is_article_text(self, i: int, in_list: bool) -> bool:
        s = self.seen[i]
        if s.outlet is not None or s.sections > 1 or (s.sections and in_list):
            return False
        if self._is_signature(i) or _ADDRESS.fullmatch(s.line.raw):
            return False
        return not in_list or s.line.is_paragraph

    def _is_signature(self, i: int) -> bool:
        """Whether a line is what editors sign with: initials, or names behind the outlet's or a town's (ঢাকা/নাজমুল)."""
        line = self.seen[i].line
        outlet, slash, name = line.text.partition("/")
        if slash and len(line) <= _LONGEST_NAME and " " not in line.text and find_place(outlet) is not None:
            return True  # রাঙামাটি/শংকর/ইভা
        if slash and len(line) <= _LONGEST_NAME and len(name.split()) <= 2 and outlet_of_line(outlet) is not None:
            return True
        return is_initials(line.text)

    def _text_left(self) -> list[int]:
        """For each line, how much running text stands from it to the end."""
        left = [0] * (len(self.seen) + 1)
        for i in range(len(self.seen) - 1, -1, -1):
            s = self.seen[i]
            left[i] = left[i + 1] + (len(s.line) if s.plain and s.line.is_paragraph else 0)
        return left

    def _resumes(self, i: int, teasers: bool) -> bool:
        """Whether the article goes on at a paragraph behind related headlines, or it is the teaser of one of them.

        Teasers alternate with headlines, so two paragraphs in succession are the article's; so is one by itself,
        unless there were teasers before it, and one that is signed.
        """
        if len(self.seen[i].line) > _LONGEST_TEASER or (i + 1 < len(self.seen) and self._is_signature(i + 1)):
            return True
        titles = in_succession = 0
        for s in self.seen[i : i + _AHEAD]:
            if s.phrase is not None and s.phrase.kind == "counter":  # “৩ ঘণ্টা আগে”
                return False
            if s.phrase is not None and s.phrase.scope != "line":
                break
            if s.plain and s.line.words and not is_initials(s.line.text):
                in_succession = in_succession + 1 if s.line.is_paragraph else 0
                titles += not s.line.is_paragraph
                if in_succession == 2:
                    return True
        return not titles and not teasers

    def _is_tag(self, i: int) -> bool:
        """Whether a line at the article's end, before other furniture, is one of its tags: a word or two."""
        line = self.seen[i].line
        return 0 < len(line.words) <= 2 and not line.ends and line.raw[0] not in _BULLETS

    def _drop_loose_headlines(self, first: int) -> None:
        """Headlines of other articles below the text without a word above them: two or more lines without a full
        stop that end the article, stand before other furniture, and share no words with it."""
        body = [i for i in range(first, len(self.seen)) if self.roles[i] == "body"]
        while len(body) > 1 and body[-1] + 1 < len(self.seen) and self._is_tag(body[-1]):
            self.roles[body.pop()] = "furniture"
        loose: list[int] = []
        for i in reversed(body):
            line = self.seen[i].line
            if line.is_paragraph or len(line.words) < 4 or line.raw[:1] in _BULLETS:
                break
            loose.append(i)
        if len(loose) < 2 or len(loose) == len(body):
            return
        stems = frozenset(
            word[:_STEM]
            for i in body[: -len(loose)]
            for word in fold_text(self.seen[i].line.raw[:4000]).split()
            if len(word) >= 3
        )
        if sum(self._likeness(i, stems) for i in loose) / len(loose) < 0.5:
            for i in loose:
                self.roles[i] = "furniture"
