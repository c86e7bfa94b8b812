"""Every page at both widths, in both languages, light and dark: nothing overflows, shifts, complains or shuts out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from browser.conftest import DESKTOP, PHONE, Looking, Site, looking

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
KINDS = [
    "desk",
    "stories",
    "story",
    "series list",
    "series",
    "article",
    "versions",
    "sources",
    "source",
    "source around",
    "no source",
    "search",
    "search articles",
    "nothing found",
    "compare",
    "add",
    "judge",
    "judge two",
    "enter",
    "not found",
]
SHIFTS = """new Promise(done => new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shifted = (window.shifted || 0) + entry.value
}).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(window.shifted || 0), 150))"""


def serious(seen: Looking) -> list[str]:
    """What axe finds that shuts people out, in a line each."""
    seen.page.evaluate(AXE)
    found: dict[str, Any] = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def test_the_kinds_are_all_there_are(site: Site) -> None:
    assert list(site.pages()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_page_holds(browser: Browser, site: Site, kind: str, width: int) -> None:
    for language in ("bn", "en"):
        with looking(browser, site, language, width) as seen:
            seen.go(site.pages()[kind])
            page = seen.page
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{wider} px wider than the window"
            assert page.evaluate(SHIFTS) < 0.01
            assert page.locator("h1").count() == 1
            assert page.title().endswith("· দাবি")
            expected = ["404"] if kind in ("not found", "no source") else []
            assert [c for c in seen.complaints if not any(e in c for e in expected)] == []
            assert all(request.startswith(site.url) for request in seen.requests), "something beyond this machine"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(browser: Browser, site: Site, kind: str, scheme: str) -> None:
    for language, width in (("bn", PHONE), ("en", DESKTOP)):
        with looking(browser, site, language, width, color_scheme=scheme) as seen:
            seen.go(site.pages()[kind])
            assert serious(seen) == []


def test_the_reading_before_it_is_kept_shuts_nobody_out(browser: Browser, own_site: Site) -> None:
    with looking(browser, own_site, "bn", PHONE) as seen:
        seen.go("/add")
        seen.page.locator("textarea").fill("আগুনে ১২ জনের মৃত্যু হয়েছে বলে জানিয়েছে ফায়ার সার্ভিস।")
        seen.page.locator("form.stack:has(textarea) button").click()
        assert serious(seen) == []


@pytest.mark.parametrize("kind", ["desk", "story", "series", "article"])
def test_on_paper_there_is_the_content_and_no_more(browser: Browser, site: Site, kind: str) -> None:
    with looking(browser, site, "bn", DESKTOP) as seen:
        seen.go(site.pages()[kind])
        seen.page.emulate_media(media="print")
        for left_out in (".top nav", "details.reader", "form", ".beside"):
            for element in seen.page.locator(left_out).all():
                assert not element.is_visible(), left_out
        assert seen.page.locator("h1").is_visible()
        for folded in seen.page.locator("details.echoes").all():
            assert folded.bounding_box()["height"] > folded.locator("summary").bounding_box()["height"] * 1.5
        assert seen.page.pdf()[:4] == b"%PDF"


def test_the_vendored_font_is_used(browser: Browser, site: Site) -> None:
    with looking(browser, site, "bn", DESKTOP) as seen:
        seen.go("/")
        seen.page.evaluate("document.fonts.ready")
        fonts = [request for request in seen.requests if request.endswith(".woff2")]
        assert len(fonts) == len(set(fonts)) == 4
        assert seen.page.evaluate("document.fonts.check('16px \"Noto Sans Bengali\"', 'দাবি 12')")
