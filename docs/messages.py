"""Bring the desk's words up to date: `make messages`.

Messages are gathered from the code and the templates into `locale/bn/LC_MESSAGES/desk.po`, which keeps the translations
that stand there; the compiled `desk.mo` is written beside it. A test fails when either has drifted.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).resolve().parent.parent / "src" / "dabi" / "web"
PO = WEB / "locale" / "bn" / "LC_MESSAGES" / "desk.po"
MO = PO.with_suffix(".mo")
_NOTE = """\
# The words of the desk in Bengali. Mend a translation here and run `make messages`; no Python needed.
# Names in braces ({n}) and %(num)s are filled in: leave them as they are."""
_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # when it was made does not matter, and would differ at every run
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


def extracted() -> Catalog:
    """The messages of code and templates, without translations."""
    found = _catalog()
    strict = {"templates/**.html": {"silent": "false"}}
    for _, _, message, _, context in extract_from_dir(WEB, _METHODS, strict, keywords=_KEYWORDS):
        found.add(message, context=context)
    return found


def updated() -> Catalog:
    """The messages with the translations there are; those no longer used are gone."""
    before = read_po(BytesIO(PO.read_bytes()), locale="bn") if PO.exists() else _catalog()
    made = _catalog()
    for message in extracted():
        if message.id:
            known = before.get(message.id)
            made.add(message.id, known.string if known is not None else message.string)
    return made


def as_po(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=0, sort_output=True)
    return out.getvalue()


def as_mo(po: bytes) -> bytes:
    out = BytesIO()
    write_mo(out, read_po(BytesIO(po), locale="bn"))
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    return [str(m.id) for m in catalog if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]


def _catalog() -> Catalog:
    return Catalog(
        locale="bn",
        header_comment=_NOTE,
        project="dabi",
        version="desk",
        creation_date=_DAY,
        revision_date=_DAY,
        last_translator="dabi",
        language_team="bn",
        msgid_bugs_address="dabi",
        copyright_holder="dabi",
        fuzzy=False,
    )


def main() -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalog = updated()
    po = as_po(catalog)
    PO.write_bytes(po)
    MO.write_bytes(as_mo(po))
    if missing := untranslated(catalog):
        print("not translated yet:", *missing, sep="\n  ", file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
