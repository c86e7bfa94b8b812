"""One record of a web archive: the capture of a Bengali page, or the reason why it is none."""

from __future__ import annotations

import io
import re
from datetime import UTC
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from .archive_counts import Passed
from .bodies import BodyBroken, BodyTooLarge, decoded, without_chunks
from .decoding import Unreadable, decode
from .inputs import Report
from .page_address import page_address
from .script_ratio import is_bengali, may_be_bengali, visible_text

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_HTML = frozenset(["text/html", "application/xhtml+xml"])
_TEXT = frozenset(["text/plain"])
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.I)
_STARTS_AS_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.I)


class Limits(msgspec.Struct, frozen=True):
    """What a record may cost. News pages have less than 1 MB; crawls cut at 1 or 5 MB."""

    record: int = 16 << 20  # bytes of a record's block
    body: int = 16 << 20  # bytes of a body without its content encoding


class Skipped(NamedTuple):
    """A capture that is passed over, and why; `why` is told for what is broken or too large."""

    counted: Passed
    why: str = ""


def capture(record: WarcRecord, limits: Limits, *, too_large: str | None = None) -> Report | Skipped | None:
    """The page that a record captured, the reason why it is passed over, or None for a record that is no capture.

    Reads the record's block; of one that is `too_large` (and why, in words) only the beginning. Raises OSError where
    the block cannot be read.
    """
    from fastwarc.warc import WarcRecordType

    kind = record.record_type
    if kind == WarcRecordType.revisit:
        return Skipped("revisits")
    if kind not in (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion):
        return None
    try:
        if kind == WarcRecordType.response:
            if not record.is_http:
                return None  # dns:, ftp:
            form, body = _response(record, limits, too_large)
        else:
            form = _form(_media(record.headers.get("Content-Type")))
            body = b"" if isinstance(form, Skipped) or too_large is not None else record.reader.read()
        if isinstance(form, Skipped):
            return form
        if too_large is not None:
            return Skipped("too_large", too_large)
    except BodyTooLarge as error:
        return Skipped("too_large", str(error))
    except BodyBroken as error:
        return Skipped("broken", str(error))
    return _report(record, form, body)


def _report(record: WarcRecord, form: Literal["html", "text", "unknown"], body: bytes) -> Report | Skipped:
    if form == "unknown":
        if not _STARTS_AS_HTML.match(body, 0, 2000):
            return Skipped("not_html")
        form = "html"
    if not may_be_bengali(body):
        return Skipped("not_bengali")
    try:
        page = decode(body, html=form == "html", charset=_charset(record))
    except Unreadable:
        return Skipped("not_bengali")
    if not is_bengali(visible_text(page.text) if form == "html" else page.text):
        return Skipped("not_bengali")
    target = (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    try:
        address = page_address(target)
    except ValueError:
        return Skipped("broken", f"its address is none: {target[:80]}")
    if not address:
        return Skipped("broken", "it has no address")
    cut = record.headers.get("WARC-Truncated")
    return Report(
        id=address,
        source=address,
        named=True,
        kind=form,
        content=page.text,
        fetched=_fetched(record),
        warnings=(*page.warnings, *([f"the crawler cut the page short ({cut[:20]})"] if cut else [])),
    )


def _response(
    record: WarcRecord, limits: Limits, too_large: str | None
) -> tuple[Skipped, bytes] | tuple[Literal["html", "text", "unknown"], bytes]:
    """What an HTTP response holds, and its body. Raises BodyBroken and BodyTooLarge."""
    try:
        record.parse_http(quirks_mode=True)
    except OSError as error:
        raise BodyBroken("its HTTP header cannot be read") from error
    headers = record.http_headers
    if headers.status_code != 200:
        return Skipped("not_ok"), b""
    form = _form(_media(headers.get("Content-Type")))
    if isinstance(form, Skipped):
        return form, b""
    if too_large is not None:
        return form, b""
    body = record.reader.read()
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = without_chunks(body)
    encodings = ",".join(headers.get_multiple("Content-Encoding"))
    return form, decoded(body, encodings.split(","), limits.body) if encodings else body


def _media(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _form(media: str) -> Literal["html", "text", "unknown"] | Skipped:
    if media in _HTML:
        return "html"
    if media in _TEXT:
        return "text"
    return "unknown" if not media else Skipped("not_html")


def _charset(record: WarcRecord) -> str | None:
    """What the server said that the page is in."""
    headers = record.http_headers if record.is_http_parsed else record.headers
    found = _CHARSET.search((headers.get("Content-Type") if headers is not None else None) or "")
    return found[1] if found is not None else None


def _fetched(record: WarcRecord) -> str | None:
    """WARC-Date as ISO 8601 in UTC; None where it is missing or none."""
    moment = record.record_date
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def record_of(header: bytes, block: bytes) -> WarcRecord:
    """A record from its bytes. Raises OSError when it is none."""
    from fastwarc.warc import WarcRecord

    data = header + block + b"\r\n\r\n"
    strict = header.endswith(b"\r\n\r\n")
    return WarcRecord.from_reader(io.BytesIO(data), quirks_mode=not strict)
