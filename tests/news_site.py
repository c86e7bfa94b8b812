"""A small web of news on loopback: ten hosts (ports) with 200 pages, as such hosts are: slow, broken, redirecting,
bombing, forbidding, busy, and changing what they wrote.

What a page says depends on its number and the site's round alone, so two runs against one site see the same. Every
request is recorded with its times. `Site.expected` says what may be gathered and in how many versions.
"""

from __future__ import annotations

import gzip
import hashlib
import http.server
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from typing import ClassVar, NamedTuple

DHAKA = timezone(timedelta(hours=6))
_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_MONTHS = (
    "জানুয়ারি",
    "ফেব্রুয়ারি",
    "মার্চ",
    "এপ্রিল",
    "মে",
    "জুন",
    "জুলাই",
    "আগস্ট",
    "সেপ্টেম্বর",
    "অক্টোবর",
    "নভেম্বর",
    "ডিসেম্বর",
)
# all take -ে and -ের
_PLACES = (
    "বরিশাল",
    "সিলেট",
    "রংপুর",
    "যশোর",
    "ফরিদপুর",
    "দিনাজপুর",
    "শেরপুর",
    "জামালপুর",
    "মাদারীপুর",
    "চাঁদপুর",
    "গাজীপুর",
    "লক্ষ্মীপুর",
    "টাঙ্গাইল",
    "নড়াইল",
)
_NAMES = ("রফিকুল ইসলাম", "সালমা বেগম", "আবদুল করিম", "নাসরিন আক্তার", "তপন কুমার দাস", "মাহবুব আলম")

# headline, then the paragraphs; {n} and {m} are figures, {n} the one that is corrected when a page changes
_STORIES: tuple[tuple[str, ...], ...] = (
    (
        "{place}ে নৌকাডুবিতে {n} জনের মৃত্যু",
        "{place}ে যাত্রীবাহী নৌকা ডুবে {n} জন নিহত হয়েছেন। গতকাল বিকেলে ঝড়ের মধ্যে এ দুর্ঘটনা ঘটে।",
        "ফায়ার সার্ভিসের কর্মকর্তা {name} জানান, নৌকাটিতে {m} জন যাত্রী ছিলেন। ডুবুরিরা উদ্ধারকাজ চালিয়ে যাচ্ছেন।",
        "স্থানীয় লোকজন বলেন, ঘাটে কোনো আলো ছিল না। তদন্তের জন্য একটি কমিটি করা হয়েছে।",
    ),
    (
        "{place}ে বন্যায় পানিবন্দী {n} হাজার মানুষ",
        "{place}ে টানা বৃষ্টিতে নদীর পানি বেড়ে {n} হাজার মানুষ পানিবন্দী হয়ে পড়েছেন।",
        "জেলা প্রশাসক {name} বলেন, {m}টি আশ্রয়কেন্দ্র খোলা হয়েছে এবং শুকনা খাবার দেওয়া হচ্ছে।",
        "কৃষি কর্মকর্তারা জানিয়েছেন, আমনের বীজতলার বড় অংশ তলিয়ে গেছে।",
    ),
    (
        "{place}ে বাস খাদে পড়ে আহত {n}",
        "{place}ে যাত্রীবাহী বাস খাদে পড়ে {n} জন আহত হয়েছেন। আজ ভোরে মহাসড়কের বাঁকে এ দুর্ঘটনা ঘটে।",
        "হাসপাতালের চিকিৎসক {name} জানান, আহতদের মধ্যে {m} জনের অবস্থা আশঙ্কাজনক।",
        "পুলিশ বলছে, চালক ঘুমিয়ে পড়েছিলেন বলে তাদের ধারণা। বাসটি জব্দ করা হয়েছে।",
    ),
    (
        "{place}ে ডেঙ্গুতে আরও {n} জন হাসপাতালে",
        "{place}ে গত ২৪ ঘণ্টায় ডেঙ্গু নিয়ে {n} জন রোগী হাসপাতালে ভর্তি হয়েছেন।",
        "সিভিল সার্জন {name} বলেন, এ মাসে মোট {m} জন রোগী চিকিৎসা নিয়েছেন।",
        "পৌরসভা জানিয়েছে, মশা মারার কাজ প্রতিটি ওয়ার্ডে চলছে।",
    ),
    (
        "{place}ের বাজারে আগুনে পুড়ল {n} দোকান",
        "{place}ের পুরোনো বাজারে আগুন লেগে {n}টি দোকান পুড়ে গেছে। রাত দুইটার দিকে আগুনের সূত্রপাত হয়।",
        "ব্যবসায়ী সমিতির সভাপতি {name} দাবি করেন, ক্ষতি হয়েছে {m} লাখ টাকার।",
        "ফায়ার সার্ভিসের চারটি ইউনিট তিন ঘণ্টা চেষ্টা চালিয়ে আগুন নিয়ন্ত্রণে আনে।",
    ),
)


class Request(NamedTuple):
    """One request as the server saw it: when it began, and the moment before the last of its answer was sent (for
    those that a server never answers: its beginning). Seconds of `time.monotonic`."""

    host: str
    path: str
    begun: float
    answered: float
    status: int
    conditional: bool
    agent: str


class Answer(NamedTuple):
    """What a host answers. `how`: cut (half of it, then the connection ends), reset, hang (nothing comes)."""

    body: bytes = b""
    status: int = 200
    media: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    how: str = ""


def bengali(number: int) -> str:
    return str(number).translate(_DIGITS)


def story(number: int, changed: int = 0) -> tuple[str, list[str]]:
    """The headline and paragraphs of an article; each change corrects its figure upwards."""
    headline, *paragraphs = _STORIES[number % len(_STORIES)]
    words = {
        "place": _PLACES[number * 5 % len(_PLACES)],
        "name": _NAMES[number * 7 % len(_NAMES)],
        "n": bengali(11 + number % 67 + 2 * changed),
        "m": bengali(120 + number % 53),
    }
    return headline.format(**words), [paragraph.format(**words) for paragraph in paragraphs]


def page(number: int, moment: datetime | None, *, changed: int = 0, dress: int = 0, head: str = "") -> bytes:
    """An article's page. `dress` changes its markup and furniture and not a word of the article."""
    headline, paragraphs = story(number, changed)
    when = ""
    if moment is not None:
        local = moment.astimezone(DHAKA)
        date = f"{bengali(local.day)} {_MONTHS[local.month - 1]} {bengali(local.year)}"
        when = f'<p class="date">প্রকাশ: {date}, {local.strftime("%H:%M").translate(_DIGITS)}</p>'
    others = "".join(f"<li><a href='/other/{dress}-{n}'>অন্য খবর</a></li>" for n in range(3 + dress))
    body = "".join(f'<p class="k{dress}">{escape(paragraph)}</p>' for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='bn'><head><meta charset='utf-8'><title>{escape(headline)}</title>{head}</head>"
        f"<body data-build='{dress}'><nav><ul>{others}</ul></nav><article><h1>{escape(headline)}</h1>{when}{body}"
        f"</article><footer><p>© নদীপাড়ের খবর {bengali(7 + dress)}</p></footer></body></html>"
    ).encode()


class Host:
    """One host: its answers by path. Sub-classes are the hosts of the site."""

    pages = 20
    delay: float | None = None  # that its robots.txt asks for

    def __init__(self, site: Site, number: int) -> None:
        self.site = site
        self.number = number
        self.name = ""  # 127.0.0.1:port, when it runs

    @property
    def root(self) -> str:
        return f"http://{self.name}"

    @property
    def feed(self) -> str:
        return f"{self.root}/feed.xml"

    def url(self, n: int) -> str:
        return f"{self.root}/news/{n}"

    def published(self, n: int) -> datetime:
        return self.site.today - timedelta(minutes=7 * n + self.number)

    def changes(self, n: int) -> int:
        """How often the figure of a page has been corrected by now: of every fourth once a round."""
        return self.site.round if n % 4 == 0 else 0

    def dress(self, n: int) -> int:
        return self.site.round if n % 4 == 1 else 0

    def article(self, n: int) -> bytes:
        return page(self.number * 100 + n, self.published(n), changed=self.changes(n), dress=self.dress(n))

    def robots(self) -> Answer:
        return Answer(b"User-agent: *\nDisallow: /admin/\n", media="text/plain")

    def listed(self) -> list[str]:
        return [self.url(n) for n in range(self.pages)]

    def channel(self) -> Answer:
        items = "".join(
            f"<item><title>{escape(story(self.number * 100 + n)[0])}</title><link>{escape(self.link(n))}</link>"
            f"<guid isPermaLink='false'>{n}</guid><pubDate>{format_datetime(self.published(n))}</pubDate></item>"
            for n in range(self.pages)
        )
        return Answer(
            f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>খবর</title>"
            f"<link>{self.root}/</link>{items}</channel></rss>".encode(),
            media="application/rss+xml",
        )

    def link(self, n: int) -> str:
        return self.url(n) + "?utm_source=feed"

    def answer(self, path: str) -> Answer:
        if path == "/robots.txt":
            return self.robots()
        if path == "/feed.xml":
            return self.channel()
        if path.startswith("/news/") and path[6:].isdigit() and int(path[6:]) < self.pages:
            return self.article_answer(int(path[6:]))
        return Answer(b"no such page", 404, "text/plain")

    def article_answer(self, n: int) -> Answer:
        return Answer(self.article(n))

    def gathered(self) -> dict[str, int]:
        """The pages that may be gathered, with the number of versions that a watcher of every round has."""
        return {self.url(n): 1 + self.changes(n) for n in range(self.pages)}


class Plain(Host):
    """RSS with tracking parameters; every fourth article is corrected, every other fourth changes its looks; one page
    is gone in the second round."""

    pages = 30
    GONE = 7

    def answer(self, path: str) -> Answer:
        if path == f"/news/{self.GONE}" and self.site.round >= 1:
            return Answer(b"gone", 410, "text/plain")
        if path == "/":
            link = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
            comments = "<link rel='alternate' type='application/rss+xml' href='/comments/feed.xml' title='মন্তব্য'>"
            return Answer(f"<html><head>{comments}{link}</head><body>খবর</body></html>".encode())
        return super().answer(path)


class Mapped(Host):
    """News sitemaps below an index that robots.txt names; one part is a gzip file, one is old, one is elsewhere."""

    pages = 25

    @property
    def feed(self) -> str:
        return f"{self.root}/sitemap.xml"

    def robots(self) -> Answer:
        return Answer(f"User-agent: *\nDisallow:\nSitemap: {self.feed}\n".encode(), media="text/plain")

    def answer(self, path: str) -> Answer:
        if path == "/sitemap.xml":
            day = self.site.today.strftime("%Y-%m-%d")
            parts = [("/new.xml", day), ("/new2.xml.gz", day), ("/old.xml", "2019-01-01")]
            listed = "".join(f"<sitemap><loc>{self.root}{p}</loc><lastmod>{d}</lastmod></sitemap>" for p, d in parts)
            other = "<sitemap><loc>http://example.invalid/s.xml</loc></sitemap>"
            return Answer(_xml(f"<sitemapindex>{listed}{other}</sitemapindex>"), media="application/xml")
        if path == "/new.xml":
            return Answer(self.part(range(0, self.pages, 2)), media="application/xml")
        if path == "/new2.xml.gz":
            return Answer(gzip.compress(self.part(range(1, self.pages, 2)), mtime=0), media="application/gzip")
        return super().answer(path)

    def part(self, numbers: range) -> bytes:
        entries = "".join(
            f"<url><loc>{self.url(n)}</loc><n:news><n:publication><n:name>খবর</n:name></n:publication>"
            f"<n:publication_date>{self.published(n).astimezone(DHAKA).isoformat()}</n:publication_date>"
            f"<n:title>{escape(story(self.number * 100 + n)[0])}</n:title></n:news></url>"
            for n in numbers
        )
        old = f"<url><loc>{self.root}/news/old</loc><lastmod>2020-05-05T10:00:00+06:00</lastmod></url>"
        space = "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
        return _xml(f"<urlset {space}>{entries}{old}</urlset>")


class Sloppy(Host):
    """A broken feed: bare ampersands, relative links, Bengali dates, links elsewhere and to no web address. Its pages
    have no date of their own."""

    def channel(self) -> Answer:
        items = ""
        for n in range(self.pages):
            local = self.published(n).astimezone(DHAKA)
            date = f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M}".translate(_DIGITS)
            items += f"<item><title>ক & খ</title><link>/news/{n}?a=1&b=2&utm_medium=rss</link><pubDate>{date}</pubDate>"
            items += "</item>"
        strange = "".join(
            f"<item><link>{link}</link></item>"
            for link in ("http://example.invalid/x", "javascript:alert(1)", "file:///etc/passwd", "http://u:p@h/")
        )
        return Answer(f"<rss version='2.0'><channel>{items}{strange}</rss>".encode(), media="text/xml")

    def article(self, n: int) -> bytes:
        return page(self.number * 100 + n, None, changed=self.changes(n), dress=self.dress(n))

    def answer(self, path: str) -> Answer:
        bare = path.partition("?")[0]
        return super().answer(bare)

    def url(self, n: int) -> str:
        return f"{self.root}/news/{n}?a=1&b=2"


class Slow(Host):
    """A page that never comes among others that do; in the next round the host has noticed, and it is not there."""

    HANGING = (3,)

    def article_answer(self, n: int) -> Answer:
        if n in self.HANGING:
            return Answer(b"none", 404, "text/plain") if self.site.round else Answer(how="hang")
        return super().article_answer(n)

    def gathered(self) -> dict[str, int]:
        return {url: v for n, (url, v) in enumerate(super().gathered().items()) if n not in self.HANGING}


class Broken(Host):
    """Connections that break off, answers cut short, errors of the server, and pages that are not there."""

    BAD: ClassVar = {2: "reset", 5: "cut", 8: "500", 12: "404", 15: "reset", 17: "garbage"}

    def article_answer(self, n: int) -> Answer:
        bad = self.BAD.get(n)
        if bad is None:
            return super().article_answer(n)
        if bad.isdigit():
            return Answer(b"sorry", int(bad), "text/plain")
        if bad == "garbage":
            return Answer(bytes(range(256)) * 20, media="image/png")
        return Answer(self.article(n), how=bad)

    def gathered(self) -> dict[str, int]:
        return {url: v for n, (url, v) in enumerate(super().gathered().items()) if n not in self.BAD}


class Redirecting(Host):
    """Redirects: round in a circle, to other sites, to what robots.txt forbids, to the front page; and good ones."""

    BAD: ClassVar = {
        1: "/loop/a",
        4: "http://example.invalid/x",
        6: "/admin/secret",
        9: "/",
        14: "http://127.0.0.1:1/x",
    }
    GOOD = (2, 10)

    def answer(self, path: str) -> Answer:
        if path.startswith("/loop/"):
            return self.redirect("/loop/b" if path.endswith("a") else "/loop/a")
        if path == "/":
            return Answer("<html><body><h1>প্রথম পাতা</h1></body></html>".encode())
        if path.startswith("/moved/"):
            return self.redirect(f"/articles/{path[7:]}", 301)
        if path.startswith("/articles/"):
            return Answer(self.article(int(path[10:])))
        if path == "/admin/secret":
            raise AssertionError("a forbidden page was asked for")
        return super().answer(path)

    def article_answer(self, n: int) -> Answer:
        if n in self.BAD:
            return self.redirect(self.BAD[n])
        if n in self.GOOD:
            return self.redirect(f"/moved/{n}")
        return super().article_answer(n)

    def redirect(self, to: str, status: int = 302) -> Answer:
        return Answer(b"", status, headers=(("Location", to),))

    def gathered(self) -> dict[str, int]:
        return {
            f"{self.root}/articles/{n}" if n in self.GOOD else self.url(n): 1 + self.changes(n)
            for n in range(self.pages)
            if n not in self.BAD
        }


class Bombing(Host):
    """Answers that swell when they are unpacked, or that are simply too long."""

    BOMBS = (0, 6, 13)

    def article_answer(self, n: int) -> Answer:
        if n in self.BOMBS:
            return Answer(self.site.bomb, headers=(("Content-Encoding", "gzip"),))
        return super().article_answer(n)

    def gathered(self) -> dict[str, int]:
        return {url: v for n, (url, v) in enumerate(super().gathered().items()) if n not in self.BOMBS}


class Forbidding(Host):
    """Every page with an odd number is forbidden, to us by name; and the sitemap that it names is, too."""

    def robots(self) -> Answer:
        odd = "".join(f"Disallow: /news/{n}$\n" for n in range(1, self.pages, 2))
        return Answer(f"User-agent: *\nAllow: /\n\nUser-agent: dabi\n{odd}".encode(), media="text/plain")

    def article_answer(self, n: int) -> Answer:
        if n % 2:
            raise AssertionError("a forbidden page was asked for")
        return super().article_answer(n)

    def link(self, n: int) -> str:
        return self.url(n)

    def gathered(self) -> dict[str, int]:
        return {url: v for n, (url, v) in enumerate(super().gathered().items()) if n % 2 == 0}


class Measured(Host):
    """A crawl delay longer than the watcher's own."""

    pages = 15
    delay = 0.15

    def robots(self) -> Answer:
        return Answer(f"User-agent: *\nCrawl-delay: {self.delay}\n".encode(), media="text/plain")


class Busy(Host):
    """Answers 429 with Retry-After to the first request for every fifth page, and 304 to those who have a page."""

    pages = 10

    def article_answer(self, n: int) -> Answer:
        if n % 5 == 2 and self.site.asked(self.name, f"/news/{n}") == 1:
            return Answer(b"busy", 429, "text/plain", (("Retry-After", "1"),))
        body = self.article(n)
        return Answer(body, headers=(("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"'),))


HOSTS: tuple[type[Host], ...] = (
    Plain,
    Mapped,
    Sloppy,
    Slow,
    Broken,
    Redirecting,
    Bombing,
    Forbidding,
    Measured,
    Busy,
)


class Site:
    """The hosts that run. `round` is set by the test: with every round pages change."""

    def __init__(self, kinds: tuple[type[Host], ...] = HOSTS) -> None:
        self.today = datetime.now(UTC).replace(microsecond=0)
        self.round = 0
        self.requests: list[Request] = []
        self.hosts = [kind(self, HOSTS.index(kind)) for kind in kinds]
        self.problems: list[str] = []  # what no watcher should have made happen
        self._lock = threading.Lock()
        self._asked: dict[tuple[str, str], int] = {}
        self.bomb = _bomb() if Bombing in kinds else b""
        self.ended = threading.Event()

    def host(self, kind: type[Host]) -> Host:
        return next(host for host in self.hosts if type(host) is kind)

    def expected(self) -> dict[str, int]:
        """The pages that may be gathered, and how many versions of each there are for who has watched every round."""
        return {url: versions for host in self.hosts for url, versions in host.gathered().items()}

    def asked(self, host: str, path: str) -> int:
        """How often a page was asked for, this time included."""
        with self._lock:
            return self._asked.get((host, path), 0)

    def forget_requests(self) -> None:
        with self._lock:
            self.requests.clear()

    # for the servers

    def note_asked(self, host: str, path: str) -> None:
        with self._lock:
            self._asked[host, path] = self._asked.get((host, path), 0) + 1

    def note(self, request: Request) -> None:
        with self._lock:
            self.requests.append(request)


@contextmanager
def running(kinds: tuple[type[Host], ...] = HOSTS) -> Iterator[Site]:
    """Start the hosts of a site, each on a port of its own, and stop them at the end."""
    site = Site(kinds)
    servers = []
    try:
        for host in site.hosts:
            server = _Server(("127.0.0.1", 0), _handler(site, host))
            host.name = f"127.0.0.1:{server.server_address[1]}"
            servers.append(server)
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield site
    finally:
        site.ended.set()
        for server in servers:
            server.shutdown()
            server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that break off are no error here."""


def _handler(site: Site, host: Host) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # heads and bodies go out together
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            begun = time.monotonic()
            site.note_asked(host.name, self.path)
            try:
                answer = host.answer(self.path)
            except AssertionError as problem:
                site.problems.append(f"{host.root}{self.path}: {problem}")
                answer = Answer(b"", 403)
            etag = dict(answer.headers).get("ETag")
            if etag is not None and self.headers.get("If-None-Match") == etag:
                answer = Answer(status=304, headers=(("ETag", etag),))

            def done(answered: float) -> None:
                agent = self.headers.get("User-Agent", "")
                conditional = "If-None-Match" in self.headers
                site.note(Request(host.name, self.path, begun, answered, answer.status, conditional, agent))

            self.send(answer, begun, done)

        def send(self, answer: Answer, begun: float, done: Callable[[float], None]) -> None:
            if answer.how == "hang":
                done(begun)
                site.ended.wait(30)
                self.close_connection = True
                return
            if answer.how == "reset":
                done(time.monotonic())
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in (("Content-Type", answer.media), *answer.headers):
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            done(time.monotonic())
            if answer.how == "cut":
                self.wfile.write(answer.body[: len(answer.body) // 2])
                self.close_connection = True
            else:
                self.wfile.write(answer.body)
            self.wfile.flush()

        def log_message(self, *arguments: object) -> None:
            pass

    return Handler


def _bomb() -> bytes:
    """200 MB of spaces in 200 kB."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = b" " * (1 << 20)
    return b"".join(squeezer.compress(piece) for _ in range(200)) + squeezer.flush()


def _xml(elements: str) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?>{elements}".encode()
