"""The tables of what is followed and how far gathering has come: rewritten as it goes, never statements.

Times are ISO 8601 in UTC with milliseconds, so that they sort as text. Deleting all rows loses no report; what is
followed has to be named again, and is looked through anew.
"""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Integer, LargeBinary, Table

from .schema import TEXT, metadata

followed = Table(
    "followed",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("given", TEXT, nullable=False),  # what was asked for: an outlet or an address
    Column("outlet", TEXT),
    Column("country", TEXT, nullable=False),  # whose clock dates without a zone go by: BD, IN
    Column("domains", TEXT, nullable=False),  # JSON list: addresses elsewhere are not visited
    Column("every", Double),  # seconds between visits; None: as often as it changes
    Column("max_age", Double, nullable=False),  # seconds: what was older at the first visit is left out
    Column("since", TEXT, nullable=False),
)

# One row for every address that is visited or has been: feeds, sitemaps, the sitemaps inside sitemaps, and pages until
# they are forgotten (`FollowStore.forget`).
fetches = Table(
    "fetches",
    metadata,
    Column("url", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),  # feed sitemap part page
    Column("followed", TEXT, nullable=False),  # name of what brought it
    Column("state", TEXT, nullable=False),  # waiting read gone forbidden failed old passed(over)
    Column("etag", TEXT),  # the three that the last answer can be asked again with, or known by
    Column("modified", TEXT),
    Column("sha256", TEXT),
    Column("published", TEXT),  # EDTF: when the feed says the page appeared
    Column("article", TEXT),  # the page's identity in `pages`
    Column("first", TEXT),  # first visit that got through
    Column("visited", TEXT),  # last visit
    Column("changed", TEXT),  # last visit that brought something new
    Column("next", TEXT),  # when to visit; None: not by itself any more
    Column("step", Double, nullable=False),  # pages: how many revisits were made; others: seconds between visits
    Column("failures", Integer, nullable=False),  # in a row
    Column("problem", TEXT),  # the last visit's, in words
    Index(None, "next"),
    Index(None, "followed", "kind"),
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", TEXT, primary_key=True),  # with its port where that is not the scheme's own
    Column("robots", LargeBinary),  # robots.txt, compressed; None: there is none, or it could not be had
    Column("robots_state", TEXT),  # rules, none, unreachable
    Column("robots_until", TEXT),  # to be fetched again then
    Column("failures", Integer, nullable=False),  # in a row
    Column("not_before", TEXT),  # no request before
    Column("problem", TEXT),
)

GATHERING = (followed, fetches, hosts)
