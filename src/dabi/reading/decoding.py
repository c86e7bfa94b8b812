"""From bytes to text: which encoding, and whether the text is one dabi can read.

Order: a byte-order mark; the charset that a server said; the charset an HTML page declares; UTF-8; UTF-16 without a
mark; detection. A declared charset that turns valid UTF-8 into mojibake is not believed. Legacy Bijoy fonts write
Bengali with Latin letters: such text is recognised and refused, since read as it stands it means nothing.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ..bengali.lexicon import words_of
from ..bengali.script import fold_text

_BOMS = (  # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture or a sound or video file"),
    (b"%PDF-", "a PDF document: save its text, or the page as HTML"),
    (b"PK\x03\x04", "a ZIP archive or an office document (DOCX, ODT, EPUB): save its text"),
    (b"\xd0\xcf\x11\xe0", "an old office document (DOC, XLS): save its text"),
    (b"{\\rtf", "an RTF document: save its text"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
# What is tried because it is declared, by Python's names. Not UTF-8 and UTF-16, which are tried anyway and known by
# better signs; nor what is no charset (rot13, punycode, unicode_escape) or was given up for what it hides (UTF-7).
_CHARSET = re.compile(
    r"ascii|cp\d+|iso8859-\d+|koi8-[rtu]|mac-[a-z-]+|ptcp154|tis-620|gb\w+|big5\w*|euc_\w+|shift_jis\w*|iso2022_\w+|johab"
)
_SNIFFED = 200_000  # bytes or code points looked at where the whole is not needed
_FEW_BAD_BYTES = 0.005  # of all bytes; more, and the text is not UTF-8 with slips
_MOJIBAKE = re.compile("à[¦§]")  # the first two bytes of every Bengali letter, read as Latin-1 or cp1252
_BENGALI = re.compile("[\u0980-\u09ff]")
_LATIN_WORD = re.compile("[A-Za-z\u0080-\u02ff†‡‰”“‘’•–—…™š›œžŸ'`_&]+")
_DAGGER_IN_WORD = re.compile("[†‡][A-Za-z\u00a0-\u00ff]")
_BIJOY_WORDS = words_of("bijoy_words.tsv")
_BIJOY_SIGNS = "†‡©¨"
_SAMPLE = 4000  # code points
_BIJOY_SHARE = 0.06  # of words; in other languages' texts these strings make up less than a hundredth

BIJOY = (
    "the text is in a legacy Bijoy (ANSI) font such as SutonnyMJ: its letters are Latin ones drawn as Bengali. "
    "Convert it to Unicode first"
)


class Unreadable(ValueError):
    """A report that cannot be read; the message says why, in words, without the file's name."""


class Decoded(NamedTuple):
    """A text, the encoding it was in, and what is to be said about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...]


def decode(data: bytes, *, html: bool = False, charset: str | None = None) -> Decoded:
    """Decode one report; `charset` is what the server said that it is in.

    Raises `Unreadable` for empty, binary and undecodable data and for legacy fonts.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("it is empty")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"it is {what}")
    decoded = _by_mark(data) or _declared(data, charset, html) or _utf8(data) or _detected(data)
    if refusal := legacy_font(decoded.text):
        raise Unreadable(refusal)
    if not decoded.text.strip():
        raise Unreadable("it is empty")
    return _repaired(decoded)


def legacy_font(text: str) -> str | None:
    """Why a text in a legacy Bijoy font is refused; None for any other text."""
    sample = text[:_SAMPLE]
    if not any(sign in sample for sign in _BIJOY_SIGNS):
        return None
    sample = fold_text(sample)
    if len(_BENGALI.findall(sample)) * 4 > len(sample):
        return None
    if mojibake(sample):  # has daggers between Latin letters too
        return None
    words = _LATIN_WORD.findall(sample)
    typical = sum(word in _BIJOY_WORDS or _DAGGER_IN_WORD.search(word) is not None for word in words)
    return BIJOY if typical >= 2 and typical / len(words) >= _BIJOY_SHARE else None


def mojibake(text: str) -> str | None:
    """A warning if a text holds Bengali UTF-8 that was once read in another encoding (à¦¬à¦¾…)."""
    if "à¦" not in text and "à§" not in text:
        return None
    found = sum(1 for _ in zip(_MOJIBAKE.finditer(text), range(3), strict=False))
    return "part of the text is mojibake (Bengali UTF-8 that was read as Latin letters: à¦…)" if found >= 3 else None


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    if encoding_guess := _unmarked_utf16(data):
        return _lenient(data, encoding_guess)
    if b"\0" in data[:_SNIFFED]:
        raise Unreadable("it is a binary file, not text")
    return None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is that of the Bengali block or of ASCII."""
    sample = data[: 2 * (min(len(data), 4096) // 2)]
    if len(sample) < 8:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        if (high.count(9) + high.count(0)) / len(high) > 0.9 and (0 in sample or high.count(9) > 0.5 * len(high)):
            other = sample[1 - offset :: 2]
            if other.count(0) < 0.1 * len(other):
                return encoding
    return None


def _declared(data: bytes, charset: str | None, html: bool) -> Decoded | None:
    if charset is not None and (said := _in(data, charset)) is not None:
        return said
    found = _DECLARED.search(data, 0, 4096) if html else None
    return None if found is None else _in(data, found.group(1).decode("ascii").lower())


def _in(data: bytes, name: str) -> Decoded | None:
    """The text in a declared encoding; None where it is not in that, or UTF-8 is to be tried anyway."""
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if _CHARSET.fullmatch(encoding) is None:
        return None
    if encoding in ("iso8859-1", "ascii"):
        encoding = "cp1252"  # as browsers do
    try:
        text = data.decode(encoding)
    except ValueError:
        return None
    if mojibake(text) and _utf8(data) is not None:
        return Decoded(data.decode("utf-8", "replace"), "utf-8", (f"the page declares {name} but is in UTF-8",))
    return Decoded(text, encoding, ())


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError:
        pass
    decoded = _lenient(data, "utf-8")
    bad = decoded.text.count("\ufffd")
    return decoded if bad <= max(1, _FEW_BAD_BYTES * len(data)) and _BENGALI.search(decoded.text) else None


def _lenient(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, ())
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, (f"some bytes are not {encoding.upper()}: they stand as \ufffd in the text",))


def _detected(data: bytes) -> Decoded:
    ansi = data.decode("cp1252", "replace")
    if refusal := legacy_font(ansi):
        raise Unreadable(refusal)
    from charset_normalizer import from_bytes  # slow to import, and rarely needed

    best = from_bytes(data[:_SNIFFED]).best()
    if best is not None:
        try:
            text = data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            text = ""
        if text and sum(c < " " and c not in "\t\r\n\f\v" for c in text[:2000]) < 20:
            warning = f"the encoding is not declared: taken for {best.encoding}"
            return Decoded(text, best.encoding, (warning,))
    raise Unreadable("it is neither UTF-8 nor another encoding that could be recognised")


def _repaired(decoded: Decoded) -> Decoded:
    """Undo mojibake where every character of the text can be turned back; otherwise only warn."""
    warning = mojibake(decoded.text)
    if warning is None:
        return decoded
    repaired = _undone(decoded.text)
    if repaired is None or mojibake(repaired):
        return decoded._replace(warnings=(*decoded.warnings, warning))
    said = "the text was mojibake (Bengali UTF-8 that was read as Latin letters) and has been repaired without loss"
    return Decoded(repaired, decoded.encoding, (*decoded.warnings, said))


# cp1252 leaves five bytes undefined; programs that made the mojibake kept them as control characters.
_TO_BYTE = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(256)}


def _undone(text: str) -> str | None:
    try:
        raw = bytes(_TO_BYTE[c] if c in _TO_BYTE else ord(c) for c in text)
        return raw.decode("utf-8")
    except ValueError:  # a character beyond one byte, or bytes that are no UTF-8
        return None
