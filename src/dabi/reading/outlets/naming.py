"""Which outlet a page is of."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ...bengali.lexicon import rows
from ...bengali.outlets import DOMAINS, SPELLINGS
from ...bengali.script import fold_text
from ..phrases import WORD_OR_NUMBER, Phrases

_NAMES = Phrases([*SPELLINGS, *DOMAINS.items()], numbers=True)
_NOISE = frozenset(
    [
        "logo", "লোগো", "online", "অনলাইন", "www", "com", "net", "bangla", "বাংলা", "সংস্করণ", "news", "হোম", "home",
        "daily", "the", "dainik", "দৈনিক",
    ]
)  # fmt: skip
_LONGEST = 8  # words of a line that names the outlet and nothing else
_LONGEST_NAME = 4  # words of an outlet's name
_COPYRIGHT = re.compile(
    r"(?:©|কপিরাইট|স্বত্ব|Copyright)[\s©:]*(?:by\s+)?(?:[\d\s,–-]+)(?P<name>[^।|.,\d]{3,50}?)\s*"
    r"(?:[।|.,]|$|সর্বস্বত্ব|All rights)",
    re.I,
)
_FIRST_WORDS = frozenset(row["word"].lower() for row in rows("outlet_words.tsv") if row["place"] == "first")
_LAST_WORDS = frozenset(row["word"].lower() for row in rows("outlet_words.tsv") if row["place"] == "last")
_GLUED = tuple(fold_text(word) for word in ("নিউজ", "বিডি", "টিভি", "ডটকম"))
_SUFFIX = re.compile(r"\s*(?:[|।»·•]|\s[-–—])\s*(?P<name>[^|।»]{2,60})$")


def outlet_of_line(text: str) -> str | None:
    """The outlet whose name is all that a folded line holds; its logo's words aside."""
    words = WORD_OR_NUMBER.findall(text.lower())
    if not words or len(words) > _LONGEST:
        return None
    whole = _NAMES.whole.get(tuple(words))
    if whole is not None:
        return whole
    found = _NAMES.find(words)
    if found is None:
        return None
    rest = words[: found.first] + words[found.last :]
    if all(_is_noise(word) for word in rest):
        return found.value
    again = _NAMES.find(rest)  # the name in both scripts
    if again is not None and again.value == found.value:
        rest = rest[: again.first] + rest[again.last :]
        return found.value if all(_is_noise(word) for word in rest) else None
    return None


def _is_noise(word: str) -> bool:
    """Whether a word beside an outlet's name says nothing: of its logo, or a year."""
    return word in _NOISE or word == "©" or (word.isdecimal() and len(word) == 4)


def looks_like_outlet(text: str) -> bool:
    """Whether a short folded line reads as the name of an outlet, known or not."""
    words = WORD_OR_NUMBER.findall(text.lower())
    if not words or len(words) > _LONGEST_NAME:
        return False
    return words[0] in _FIRST_WORDS or words[-1] in _LAST_WORDS or any(words[-1].endswith(w) for w in _GLUED)


def name_after_copyright(text: str) -> str | None:
    """Whom a copyright line names: © ২০২৪ পদ্মাপাড়ের কাগজ। …"""
    found = _COPYRIGHT.search(text)
    if found is None:
        return None
    name = found["name"].strip(" ,।.-–—|")
    return name if name and len(name.split()) <= _LONGEST_NAME else None


def outlet_in(text: str) -> str | None:
    """The first outlet named anywhere in a folded line, for footers and copyright lines."""
    found = _NAMES.find(WORD_OR_NUMBER.findall(text.lower()))
    return found.value if found is not None else None


def outlet_of_url(url: str) -> str | None:
    """The outlet of a web address, by its domain and the beginning of its path."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    labels = host.split(".")
    first = parts.path.strip("/").split("/")[0]
    for n in range(len(labels) - 1):
        domain = ".".join(labels[n:])
        found = DOMAINS.get(f"{domain}/{first}") or DOMAINS.get(domain)
        if found is not None:
            return found
    return None


def canonical(name: str) -> str:
    """The name dabi gives an outlet that a page names in its own way; unknown ones keep theirs."""
    return outlet_of_line(fold_text(name)) or name.strip()


def without_suffix(title: str) -> str:
    """A page title without the outlet's name behind it (… | প্রথম আলো)."""
    while True:
        found = _SUFFIX.search(fold_text(title))
        if found is None or outlet_of_line(found["name"]) is None:
            return title.strip()
        title = _raw_head(title, found["name"])


def _raw_head(title: str, name: str) -> str:
    """The part of an unfolded title before its last separator; `name` says how long what follows may be."""
    for i in range(len(title) - 1, 0, -1):
        if title[i] in "|।»·•-–—" and fold_text(title[i + 1 :]).strip() == name.strip():
            return title[:i].rstrip(" |।»·•-–—")
    return title
