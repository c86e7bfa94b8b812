"""The chart of a series: a Vega-Lite specification, the SVG drawn from it, and the data that say how it was made.

One mark for each claim, at the moment it was published, coloured and shaped by its source. Hedges are drawn: an arrow
for “more than” and “less than”, a bar for a range, hollow for “about”; conflicting figures are joined by dashed lines.
SVG and not PNG, because only a browser joins Bengali letters as they should be.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from ..ledger.records import ClaimRecord
from ..ledger.results import Relation
from .chart_axes import Axis, milliseconds, time_axis, value_axis
from .chart_conflicts import conflict_lines
from .chart_points import Conflict, Drawing, Linker, Point, drawing
from .chart_svg import svg_of
from .wording import Language, digits, word, word_or

__all__ = ["series_spec", "series_svg", "svg_of", "COLOURS", "SHAPES", "FONTS"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# At least 3 : 1 against white and against near-black paper, and apart for colour-blind readers (after Okabe and Ito).
COLOURS = ("#0072b2", "#d55e00", "#00855f", "#c0599a", "#3f8fc4", "#a06c00", "#7d6f64")
# Their numbers have no common factor, so that 35 sources differ in colour or shape; of the first twelve, the
# two blues and the two browns have other shapes.
SHAPES = ("circle", "square", "diamond", "cross", "triangle-right")
CONFLICT = "#d3303f"
FONTS = (
    '"Noto Sans Bengali", "Noto Serif Bengali", SolaimanLipi, Kalpurush, "Nirmala UI", Vrinda, '
    '"Bangla Sangam MN", "Bangla MN", system-ui, sans-serif'
)
_SIZE, _ECHO_SIZE = 110, 45  # area of a mark in square pixels
_APART = 13  # pixels between the middles of two marks
_STEM, _HEAD = 8, 24  # where an arrow begins and ends, pixels from the middle of its mark
_ROOM = 30  # pixels above and below the values: an arrow's length and its head
_PADDING = 6  # pixels around the drawing
_SIDES = dict.fromkeys(("top", "right", "bottom"), _PADDING)
_LINE = 60  # pixels of the plot's width for each line between conflicting figures
_LETTER = 6.2  # mean width of a letter of the key, in pixels


def series_spec(
    claims: Iterable[ClaimRecord],
    relations: Iterable[Relation] = (),
    *,
    language: Language = "bn",
    title: str | None = None,
    width: int = 640,
    height: int = 300,
    link: Linker | None = None,
) -> dict[str, Any]:
    """The Vega-Lite specification of a series' chart.

    `claims`: the claims of one series (`Ledger.claims(keys=series.claims)`), in any order. `relations`: how they stand
    (`Ledger.results.relations([series.id])`); those of other claims are passed over. `width` and `height` are the
    plot's in pixels: 640 suits a desktop, 290 a phone. `link` gives the address that opens a claim's sentence, None for
    no link.

    Axis labels, key and the text of every mark are in the language asked for and stand in the specification itself.
    `spec["usermeta"]["dabi"]` has `notes`, sentences to show beside the chart (what was not drawn, a scale that does
    not begin at zero), and `drawn`, the keys of the claims drawn.
    """
    made = drawing(claims, relations, language, link)
    if not made.points:
        return _empty(made, language, title, width)
    values = [value for point in made.points for value in (point.low, point.high)]
    across = time_axis([point.at for point in made.points], language, width=width)
    upright = value_axis(values, language, height=height, room=_ROOM)
    places = _places(made.points, across, upright, width, height)
    lines, unjoined = conflict_lines(made.conflicts, width // _LINE)
    notes = _notes(made, upright, language, unjoined)
    return {
        **_frame(made, language, title, width),
        # The renderer takes Bengali words for narrower than they are.
        "padding": {"left": _PADDING + 2 * max(len(label[0]) for label in upright.labels), **_SIDES},
        "height": height,
        "usermeta": {"dabi": {"notes": notes, "drawn": [point.claim for point in made.points]}},
        "encoding": _axes(made, across, upright, language),
        "layer": [_days(across), *_layers(made, lines, places, language, width)],
    }


def series_svg(
    claims: Iterable[ClaimRecord],
    relations: Iterable[Relation] = (),
    *,
    language: Language = "bn",
    title: str | None = None,
    width: int = 640,
    height: int = 300,
    link: Linker | None = None,
) -> str:
    """The chart as SVG, to be put into a page or a file; the parameters are those of `series_spec`.

    Text and axes take the colour of the text around them; the background is left out. It has no style attributes and no
    scripts. The first chart of a process takes about a second, each further one about a tenth. Raises `MissingExtra`
    where the renderer is not installed.
    """
    spec = series_spec(claims, relations, language=language, title=title, width=width, height=height, link=link)
    return svg_of(spec, language)


def _frame(made: Drawing, language: Language, title: str | None, width: int) -> dict[str, Any]:
    n = digits(str(len(made.points)), language)
    about = word("chart.about", language, n=n, name=title) if title else word("chart.about.untitled", language, n=n)
    small = {"fontWeight": "normal", "fontSize": 12, "anchor": "start", "frame": "group", "color": "currentColor"}
    key = _key(made, language, width)
    heading: dict[str, Any]
    if title:
        named = textwrap.wrap(title, max(int(width / 8), 16)) or [title]
        heading = {**small, "fontWeight": "bold", "fontSize": 15, "text": named, "subtitle": key}
        heading |= {"subtitleColor": "currentColor", "subtitleFontSize": 12, "subtitlePadding": 6, "offset": 14}
    else:
        heading = {**small, "text": key, "offset": 14}
    return {
        "$schema": SCHEMA,
        "description": about,
        "title": heading,
        "width": width,
        "background": None,
        "padding": _PADDING,
        "autosize": {"type": "pad"},
        "config": _config(),
    }


def _config() -> dict[str, Any]:
    text = {"labelColor": "currentColor", "titleColor": "currentColor", "labelFontSize": 12, "titleFontSize": 12}
    lines = {"domainColor": "currentColor", "tickColor": "currentColor", "domainOpacity": 0.4, "tickOpacity": 0.4}
    return {
        "font": FONTS,
        "view": {"stroke": None},
        "axis": {**text, **lines, "gridColor": "currentColor", "gridOpacity": 0.12, "titleFontWeight": "normal"},
        "legend": {**text, "titleFontWeight": "normal"},
    }


def _key(made: Drawing, language: Language, width: int) -> list[str]:
    """How hedges and relations are drawn, as far as the chart has them, in lines."""
    has: dict[str, bool] = {
        "exact": any(p.shape == "point" and not p.hollow and not p.arrow for p in made.points),
        "about": any(p.hollow and not p.arrow for p in made.points),
        "up": any(p.arrow == "up" and not p.hollow for p in made.points),
        "down": any(p.arrow == "down" for p in made.points),
        "range": any(p.shape == "bar" for p in made.points),
        "several": any(p.arrow == "up" and p.hollow for p in made.points),
        "conflict": bool(made.conflicts),
        "echo": any(p.echo for p in made.points),
    }
    entries = [word(f"chart.key.{name}", language).replace(" ", "\u00a0") for name, there in has.items() if there]
    lines = textwrap.wrap(" · ".join(entries), max(int(width / _LETTER), 20))
    return [line.removesuffix(" ·") for line in lines] or [""]


def _axes(made: Drawing, across: Axis, upright: Axis, language: Language) -> dict[str, Any]:
    unit = word_or(f"unit.{made.unit}", language, "{n} " + made.unit).replace("{n}", "").strip() if made.unit else None
    return {
        "x": {
            "field": "at",
            "type": "temporal",
            "scale": {"type": "utc", "domain": list(across.domain), "nice": False},
            "axis": {
                "values": list(across.ticks),
                "labelExpr": _labels(across, "time(datum.value)"),
                "labelFlush": False,
                "labelOverlap": "greedy",
                "grid": False,
                "ticks": False,
                "title": None,
            },
        },
        "y": {
            "field": "low",
            "type": "quantitative",
            "scale": {
                "type": "log" if upright.log else "linear",
                "domain": list(upright.domain),
                "nice": False,
                "zero": False,
            },
            "axis": {
                "values": list(upright.ticks),
                "labelExpr": _labels(upright, "datum.value"),
                "title": unit,
                "titleAngle": 0,
                "titleAlign": "left",
                "titleAnchor": "end",
                "titleX": 0,
                "titleY": -6,
            },
        },
    }


def _days(across: Axis) -> dict[str, Any]:
    """A line where each day or month with a label begins."""
    return {
        "data": {"values": [{"at": line} for line in across.lines]},
        "mark": {"type": "rule", "color": "currentColor", "opacity": 0.16, "aria": False},
        "encoding": {"y": None},
    }


def _labels(axis: Axis, value: str) -> str:
    """The expression that gives each tick its label: the place of its value among the ticks, then the label there."""
    ticks = ",".join(f"{tick:.12g}" if not float(tick).is_integer() else str(int(tick)) for tick in axis.ticks)
    labels = ",".join(_lines(label) for label in axis.labels)
    return f"[{labels}][indexof([{ticks}],{value})]"


def _lines(label: Sequence[str]) -> str:
    quoted = ["'" + line.replace("\\", "\\\\").replace("'", "\\'") + "'" for line in label]
    return quoted[0] if len(quoted) == 1 else "[" + ",".join(quoted) + "]"


def _layers(
    made: Drawing, conflicts: Sequence[Conflict], places: dict[int, datetime], language: Language, width: int
) -> list[dict[str, Any]]:
    rows = [_row(point, places[point.claim]) for point in made.points]
    single = [row for row in rows if row["low"] == row["high"]]
    bars = [row for row in rows if row["low"] != row["high"]]
    lines = [_conflict_rows(conflict, number, places) for number, conflict in enumerate(conflicts)]
    by_source = _by_source(made.sources, language, width)
    size = {"condition": {"test": "datum.echo", "value": _ECHO_SIZE}, "value": _SIZE}
    said = {"description": {"field": "text"}, "href": {"field": "link"}}
    layers: list[dict[str, Any]] = []
    if lines:
        layers.append(
            {
                "data": {"values": [row for pair in lines for row in pair]},
                "mark": {"type": "line", "color": CONFLICT, "strokeDash": [4, 3], "strokeWidth": 1.5, "opacity": 0.85},
                "encoding": {"detail": {"field": "pair"}, "description": {"field": "text"}},
            }
        )
    if bars:
        ends = [{**row, "low": row[end]} for row in bars for end in ("low", "high")]
        layers += [
            {
                "data": {"values": bars},
                "mark": {"type": "rule", "strokeWidth": 4, "opacity": 0.6},
                "encoding": {"y2": {"field": "high"}, "color": by_source["color"], **said},
            },
            {
                "data": {"values": ends},
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": _ECHO_SIZE * 1.4, "aria": False},
                "encoding": by_source,
            },
        ]
    for direction, sign in (("up", -1), ("down", 1)):
        pointing = [row for row in single if row["arrow"] == direction]
        if pointing:
            layers += _arrows(pointing, direction, sign, by_source["color"])
    for hollow in (False, True):
        alike = [row for row in single if row["hollow"] is hollow]
        if alike:
            outline = {"filled": False, "fill": "transparent"} if hollow else {"filled": True}
            stroke = {"condition": {"test": "datum.echo", "value": 1.5}, "value": 2.5}  # a small mark stays hollow
            layers.append(
                {
                    "data": {"values": alike},
                    "mark": {"type": "point", "opacity": 1, **outline},
                    "encoding": {**by_source, "size": size, **({"strokeWidth": stroke} if hollow else {}), **said},
                }
            )
    return layers


def _arrows(rows: list[dict[str, Any]], direction: str, sign: int, colour: dict[str, Any]) -> list[dict[str, Any]]:
    """The stems and heads of arrows, in pixels from their marks: an open end has no length of its own."""
    stem = {"type": "rule", "strokeWidth": 2, "yOffset": sign * _STEM, "y2Offset": sign * _HEAD, "aria": False}
    head = {"type": "point", "shape": f"triangle-{direction}", "filled": True, "opacity": 1, "size": 55, "aria": False}
    return [
        {"data": {"values": rows}, "mark": stem, "encoding": {"y2": {"field": "low"}, "color": colour}},
        {"data": {"values": rows}, "mark": {**head, "yOffset": sign * _HEAD}, "encoding": {"color": colour}},
    ]


def _by_source(sources: Sequence[str], language: Language, width: int) -> dict[str, Any]:
    colours = [COLOURS[i % len(COLOURS)] for i in range(len(sources))]
    shapes = [SHAPES[i % len(SHAPES)] for i in range(len(sources))]
    legend = {
        "title": None,
        "orient": "bottom",
        "direction": "vertical",
        "columns": 1,  # words that are wider than the renderer thinks would lie on a second column
        "labelLimit": width * 3 // 4,
        "symbolSize": 90,
        "symbolOpacity": 1,
        "offset": 14,
        "rowPadding": 5,
    }
    return {
        "color": {
            "field": "source",
            "type": "nominal",
            "scale": {"domain": list(sources), "range": colours},
            "legend": legend,
        },
        "shape": {
            "field": "source",
            "type": "nominal",
            "scale": {"domain": list(sources), "range": shapes},
            "legend": legend,
        },
    }


def _row(point: Point, at: datetime) -> dict[str, Any]:
    row = {
        "claim": point.claim,
        "day": point.day,
        "at": milliseconds(at),
        "low": point.low,
        "high": point.high,
        "arrow": point.arrow,
        "hollow": point.hollow,
        "source": point.source,
        "echo": point.echo,
        "text": point.text,
    }
    return row if point.link is None else {**row, "link": point.link}


def _conflict_rows(conflict: Conflict, number: int, places: dict[int, datetime]) -> list[dict[str, Any]]:
    return [
        {"pair": number, "at": milliseconds(places[p.claim]), "low": p.low, "text": conflict.text}
        for p in (conflict.a, conflict.b)
    ]


def _places(points: Sequence[Point], across: Axis, upright: Axis, width: int, height: int) -> dict[int, datetime]:
    """Where each mark is drawn: at its moment, moved aside by whole mark widths where another one lies already."""
    per_pixel = timedelta(milliseconds=(across.domain[1] - across.domain[0]) / width)
    taken: set[tuple[int, int]] = set()
    places: dict[int, datetime] = {}
    for point in points:
        x = (milliseconds(point.at) - across.domain[0]) / (across.domain[1] - across.domain[0]) * width
        rows = range(
            int(_height(point.low, upright, height) // _APART), int(_height(point.high, upright, height) // _APART) + 1
        )
        for step in _aside(width):
            cells = {(round((x + step) / _APART), row) for row in rows}
            near = {(column, row + up) for column, row in cells for up in (-1, 0, 1)}
            if 0 <= x + step <= width and not near & taken:
                break
        else:
            step, cells = 0, set()
        taken |= cells
        places[point.claim] = point.at + step * per_pixel
    return places


def _aside(width: int) -> Iterable[int]:
    yield 0
    for step in range(_APART, min(width, 12 * _APART), _APART):
        yield step
        yield -step


def _height(value: float, axis: Axis, height: int) -> float:
    low, high = (math.log10(end) for end in axis.domain) if axis.log else axis.domain
    at = math.log10(value) if axis.log else value
    return (at - low) / (high - low) * height


def _notes(made: Drawing, upright: Axis | None, language: Language, unjoined: int = 0) -> list[str]:
    notes = [
        word(f"chart.note.{reason}", language, n=digits(str(len(keys)), language))
        for reason, keys in sorted(made.undrawn.items())
    ]
    if unjoined:
        notes.append(word("chart.note.unjoined", language, n=digits(str(unjoined), language)))
    if upright is None:
        return notes
    if upright.log:
        notes.append(word("chart.note.log", language))
    elif not upright.from_zero:
        notes.append(word("chart.note.not_from_zero", language))
    return notes


def _empty(made: Drawing, language: Language, title: str | None, width: int) -> dict[str, Any]:
    nothing = word("chart.empty", language)
    return {
        **_frame(made, language, title, width),
        "height": 40,
        "usermeta": {"dabi": {"notes": _notes(made, None, language), "drawn": []}},
        "data": {"values": [{"text": nothing}]},
        "mark": {"type": "text", "fontSize": 13, "color": "currentColor"},
        "encoding": {"text": {"field": "text"}},
    }
