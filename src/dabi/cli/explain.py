"""Why each mention is what it is: its value, its rule, the lexicon entries it used and the steps to its value."""

from __future__ import annotations

from collections.abc import Iterator

from ..export.wording import Language, act_word, amount, moment, when, who, word
from ..extraction import Traces
from ..model import Analysis, Trace


def explanation(analysis: Analysis, traces: Traces, language: Language) -> Iterator[str]:
    """The mentions of an article in text order, one block of lines each."""
    article = analysis.article
    headline = article.headline.text if article.headline else word("label.no_headline", language)
    yield _one_line(headline)
    published = moment(article.published, language) if article.published else word("label.undated", language)
    yield _one_line(" · ".join(part for part in (article.outlet, published, article.source) if part))
    yield ""
    blocks: list[tuple[int, int, list[str]]] = []
    for quantity, trace in zip(analysis.quantities, traces.quantities, strict=True):
        value = f"{amount(quantity, language)} ({quantity.kind}, {quantity.hedge})"
        lines = _block("quantity", quantity.text, value, trace, language)
        blocks.append((quantity.start, quantity.end, lines))
    for time, trace in zip(analysis.times, traces.times, strict=True):
        value = " ".join(part for part in (when(time, language), _code(time.edtf or time.duration or time.set)) if part)
        blocks.append((time.start, time.end, _block("time", time.text, value, trace, language)))
    for i, (said, trace) in enumerate(zip(analysis.attributions, traces.attributions, strict=True)):
        speaker = who(analysis, i, language)
        chain = "".join(f" ← {name}" for name in speaker.via)
        value = f"{speaker.name}{chain}: {act_word(said.act, said.source_type, language)} ({said.act}, {said.form})"
        content = " … ".join(piece.text for piece in said.content)
        start, end = said.content[0].start, said.content[-1].end
        blocks.append((start, end, _block("content", content, value, trace, language)))
    for _, _, lines in sorted(blocks, key=lambda block: (block[0], -block[1])):
        yield from lines
        yield ""


def _block(kind: str, text: str, value: str, trace: Trace, language: Language) -> list[str]:
    lines = [f"{word(f'label.{kind}', language)}: {_one_line(text)}", f"    = {value}"]
    lines.append(f"    {word('label.rule', language)}: {trace.rule}")
    if trace.entries:
        lines.append(f"    {word('label.entries', language)}: {'; '.join(trace.entries)}")
    lines += [f"    {word('label.steps', language)}: {step}" for step in trace.steps]
    return lines


def _code(value: str | None) -> str | None:
    return f"[{value}]" if value else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
