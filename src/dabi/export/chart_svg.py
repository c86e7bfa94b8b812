"""SVG from a Vega-Lite specification, finished for pages: titles on its marks, names in the reader's language."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from .extras import needed
from .wording import Language, word

SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"
# The renderer takes addresses for its own sample data's and puts this before those without a host.
_BASE = "https://vega.github.io/vega-datasets/"
_MARKS = {"point": "chart.claim", "rule mark": "chart.claim", "line mark": "chart.conflict"}
_AXES = {"X": "chart.time", "Y": "chart.values"}


def svg_of(spec: dict[str, Any], language: Language = "bn") -> str:
    """The chart as one svg element. Raises `MissingExtra` where the renderer is not installed."""
    renderer = needed("vl_convert", "vl-convert-python")
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", _LINK)
    drawn = ElementTree.fromstring(renderer.vegalite_to_svg(spec))
    drawn.set("role", "graphics-document document")
    drawn.set("aria-label", str(spec.get("description", "")))
    drawn.set("lang", language)
    drawn.attrib.pop("class", None)
    for element in drawn.iter():
        _finish(element, language)
    _drop_unseen(drawn)
    return ElementTree.tostring(drawn, encoding="unicode")


def _finish(element: ElementTree.Element, language: Language) -> None:
    if "role-title" in element.get("class", ""):
        element.set("aria-hidden", "true")  # the svg element has the same words
    address = element.get(f"{{{_LINK}}}href")
    if address is not None and address.startswith(_BASE):
        element.set(f"{{{_LINK}}}href", address.removeprefix(_BASE))
    kind, label = element.get("aria-roledescription", ""), element.get("aria-label", "")
    if kind.endswith("container"):
        for name in ("role", "aria-roledescription"):
            element.attrib.pop(name, None)
    elif kind in _MARKS:
        element.set("aria-roledescription", word(_MARKS[kind], language))
        ElementTree.SubElement(element, f"{{{SVG}}}title").text = label
    elif kind in ("axis", "legend"):
        # The renderer describes these in English only.
        del element.attrib["aria-roledescription"]
        named = word(_AXES[label[:1]] if kind == "axis" else "chart.sources", language)
        element.set("aria-label", named if kind == "axis" else f"{named}: {label.partition(': ')[2]}")


def _drop_unseen(element: ElementTree.Element) -> None:
    """Drop the empty frames that the renderer puts behind and before every group."""
    for child in list(element):
        if child.get("class") in ("background", "foreground") and not child.get("stroke") and not child.get("fill"):
            element.remove(child)
        else:
            _drop_unseen(child)
