"""One self-contained page: articles with their mentions marked in place, and beside each the list of its claims.

No network, no script; every word that comes from an article is escaped. The page is written piece by piece, so
that many articles need no more memory than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from ..model import Analysis, Article, Claim, Region
from .evidence import evidence
from .marks import Closed, Mark, Opened, by_region, marks, pieces
from .translated import translated
from .wording import Language, act_word, amount, digits, moment, when, who, word, word_or

_NO_BREAK = "\N{WORD JOINER}"  # a claim's number stays on the line of its figure
_CLASS = {"quantity": "q", "time": "t", "source": "s", "cue": "k", "content": "c"}


def page(analyses: Iterable[Analysis], language: Language) -> Iterator[str]:
    """The page in pieces, in the order of the analyses; each must carry its text."""
    yield _head(language)
    for number, analysis in enumerate(analyses):
        yield from _report(analysis, f"a{number}", language)
    yield "</main>\n</body>\n</html>\n"


@cache
def _style() -> str:
    return (files(__package__) / "page.css").read_text(encoding="utf-8")


def _head(language: Language) -> str:
    samples = []
    for kind, name in _CLASS.items():
        label = escape(word(f"label.{kind}", language))
        if kind == "content":
            name, label = f"{name} opens", f'{label}<i class="closes"></i>'
        samples.append(f'<li><span class="{name}">{label}</span></li>')
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    title = f"dabi · {escape(word('label.claims', language))}"
    marks_label = escape(word("label.legend", language))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f'<ul class="legend" aria-label="{marks_label}">{"".join(samples)}</ul>\n<main>\n'
    )


def _report(analysis: Analysis, key: str, language: Language) -> Iterator[str]:
    article = analysis.article
    text = analysis.text or ""
    parts = _parts(analysis, text, key, language)
    headline = next((inner for role, inner in parts if role == "headline"), None)
    if headline is None:
        headline = escape(article.headline.text if article.headline else word("label.no_headline", language))
    yield f'<article class="report" id="{key}">\n<h1 lang="{escape(article.language)}">{headline}</h1>\n'
    yield f'<p class="about">{_about(article, language)}</p>\n'
    if analysis.warnings:
        items = "".join(f"<li>{escape(translated(warning, language))}</li>" for warning in analysis.warnings)
        yield f'<div class="warnings">{escape(word("label.warnings", language))}<ul>{items}</ul></div>\n'
    yield f'<div class="sides">\n<section class="text" lang="{escape(article.language)}">\n'
    yield f'<h2 lang="{language}">{escape(word("label.article", language))}</h2>\n'
    yield from _text(analysis, text, parts, language)
    yield f'</section>\n<section class="claims">\n<h2>{escape(word("label.claims", language))}</h2>\n'
    if analysis.claims:
        yield "<ol>\n"
        for number, claim in enumerate(analysis.claims):
            yield _claim(analysis, claim, number, key, language)
        yield "</ol>\n"
    else:
        yield f'<p class="soft">{escape(word("label.no_claims", language))}</p>\n'
    yield "</section>\n</div>\n</article>\n"


def _about(article: Article, language: Language) -> str:
    parts = []
    if article.outlet:
        parts.append(f"<b>{escape(article.outlet)}</b>")
    if article.byline:
        parts.append(escape(article.byline.text))
    if article.published:
        parts.append(escape(f"{word('label.published', language)} {moment(article.published, language)}"))
    else:
        parts.append(escape(word("label.undated", language)))
    if article.updated:
        parts.append(escape(f"{word('label.updated', language)} {moment(article.updated, language)}"))
    if article.source:
        source = escape(article.source)
        is_address = article.source.startswith(("https://", "http://"))
        parts.append(f'<a href="{source}" rel="noreferrer">{source}</a>' if is_address else source)
    return "".join(f"<span>{part}</span>" for part in parts)


def _shown(article: Article) -> list[tuple[Region, str]]:
    """The parts of the article that are read, in text order, with what each is."""
    shown = [(region, "body") for region in article.body]
    shown += [(region, "caption") for region in article.captions]
    if article.headline and article.headline.end > article.headline.start:
        shown.append((Region(article.headline.start, article.headline.end), "headline"))
    return sorted(shown, key=lambda item: (item[0].start, item[0].end))


def _parts(analysis: Analysis, text: str, key: str, language: Language) -> list[tuple[str, str]]:
    """The markup of each part that is read, in text order, with what it is."""
    shown = _shown(analysis.article)
    claim_of = {claim.quantity: number for number, claim in enumerate(analysis.claims)}
    found = by_region(marks(analysis), [region for region, _ in shown])
    return [
        (role, _marked(analysis, text, region, here, key, claim_of, language))
        for (region, role), here in zip(shown, found, strict=True)
    ]


def _text(analysis: Analysis, text: str, parts: list[tuple[str, str]], language: Language) -> Iterator[str]:
    for role, inner in parts:
        if role == "body":
            yield f"<p>{inner}</p>\n"
        elif role == "caption":
            label = escape(word("label.caption", language))
            yield f'<figure><b lang="{language}">{label}</b><figcaption>{inner}</figcaption></figure>\n'
    regions = [region for region, _ in _shown(analysis.article)]
    left_out = [line for stretch in _complement(text, regions) if (line := stretch.strip())]
    if left_out:
        lines = "".join(f"<p>{escape(stretch)}</p>" for stretch in left_out)
        label = escape(word("label.left_out", language))
        yield f'<details><summary lang="{language}">{label}</summary>{lines}</details>\n'


def _complement(text: str, regions: list[Region]) -> Iterator[str]:
    at = 0
    for region in regions:
        yield text[at : region.start]
        at = max(at, region.end)
    yield text[at:]


def _marked(
    analysis: Analysis,
    text: str,
    region: Region,
    found: list[Mark],
    key: str,
    claim_of: dict[int, int],
    language: Language,
) -> str:
    out: list[str] = []
    for piece in pieces(text, region, found):
        if isinstance(piece, str):
            out.append(escape(piece, quote=False))
        elif isinstance(piece, Opened):
            mark = piece.mark
            name = _CLASS[mark.kind] + (" opens" if mark.kind == "content" and piece.first else "")
            tag = "mark" if mark.kind == "quantity" else "span"
            identity = f' id="{key}-q{mark.mention}"' if mark.kind == "quantity" and piece.first else ""
            out.append(f'<{tag} class="{name}"{identity} title="{escape(_title(analysis, mark, language))}">')
        elif isinstance(piece, Closed):
            if piece.mark.kind == "quantity":
                if piece.last and (number := claim_of.get(piece.mark.mention)) is not None:
                    written = digits(str(number + 1), language)
                    out.append(f'{_NO_BREAK}<a class="ref" href="#{key}-c{number}">{written}</a>')
                out.append("</mark>")
            elif piece.mark.kind == "content" and piece.last:
                out.append('<i class="closes"></i></span>')
            else:
                out.append("</span>")
    return "".join(out)


def _title(analysis: Analysis, mark: Mark, language: Language) -> str:
    if mark.kind == "quantity":
        return amount(analysis.quantities[mark.mention], language)
    if mark.kind == "time":
        return when(analysis.times[mark.mention], language)
    said = analysis.attributions[mark.mention]
    if mark.kind == "content":
        speaker = who(analysis, mark.mention, language)
        return f"{word('label.content', language)}: {speaker.name}, {act_word(said.act, said.source_type, language)}"
    return word(f"label.{mark.kind}", language)


def _claim(analysis: Analysis, claim: Claim, number: int, key: str, language: Language) -> str:
    quantity = analysis.quantities[claim.quantity]
    counted = quantity.of.text if quantity.of else claim.counted
    event = word_or(f"event.{claim.event}", language, claim.event.replace("_", " ")) if claim.event else None
    status = word(f"status.{claim.status}", language) if claim.status != "happened" else None
    before, figure, after = evidence(analysis, claim)
    sentence = f'{escape(before)}<mark class="q">{escape(figure)}</mark>{escape(after)}'
    rows = [("label.who", _who(analysis, claim, language))]
    if counted or event:
        rows.append(("label.of_what", escape(" · ".join(part for part in (counted, event) if part))))
    if claim.places:
        rows.append(("label.where", f'<span lang="bn">{escape(", ".join(claim.places))}</span>'))
    if claim.time is not None:
        time = analysis.times[claim.time]
        value = escape(when(time, language))
        rows.append(("label.when", f'<span lang="bn">{escape(time.text)}</span> <span class="soft">({value})</span>'))
    table = "".join(f"<dt>{escape(word(label, language))}</dt><dd>{value}</dd>" for label, value in rows)
    mark = escape(word("label.mark", language))
    badge = f'<span class="status">{escape(status)}</span>' if status else ""
    return (
        f'<li id="{key}-c{number}">\n<p class="figure"><a href="#{key}-q{claim.quantity}" title="{mark}">'
        f"{digits(str(number + 1), language)} ↗</a> <b>{escape(amount(quantity, language))}</b>{badge}</p>\n"
        f'<dl>{table}</dl>\n<blockquote lang="bn">{sentence}</blockquote>\n</li>\n'
    )


def _who(analysis: Analysis, claim: Claim, language: Language) -> str:
    speaker = who(analysis, claim.attribution, language)
    if speaker.act is None:
        return f'<span class="soft">{escape(speaker.name)}</span>'
    act = act_word(speaker.act, speaker.type, language)
    said = [f'<b>{escape(speaker.name)}</b> <span class="soft">{escape(act)}</span>']
    said += [escape(word("who.via", language, name=name)) for name in speaker.via]
    return " · ".join(said)
