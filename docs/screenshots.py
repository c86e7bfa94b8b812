"""Takes the pictures of the README anew: `python docs/screenshots.py`, with Chromium and a Bengali font installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
_DABI = [sys.executable, "-c", "from dabi.cli import main; main()", "serve", "--demo", "--port", "0"]


def take(browser: Browser, url: str) -> None:
    for name, width, height, reader, scheme, address, click in (
        ("desk", 1180, 760, "bn.bengali.indian", "light", "/?since=2025-09-01", None),
        ("series", 1180, 760, "en.latin.international", "light", "/?since=2025-09-01", ".leading .of"),
        ("article-phone", 390, 760, "bn.bengali.indian", "dark", "/?since=2025-09-01", ".leading .figure"),
    ):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        context.add_cookies([{"name": "dabi-reader", "value": reader, "url": url}])
        page = context.new_page()
        page.goto(url + address)
        if click is not None:
            page.locator(click).first.click()
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=IMAGES / f"{name}.png")
        context.close()


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed")
    IMAGES.mkdir(exist_ok=True)
    desk = subprocess.Popen(_DABI, stderr=subprocess.PIPE, text=True)
    assert desk.stderr is not None
    try:
        told = re.search(r"http://\S+?(?=/ )", desk.stderr.readline())
        assert told is not None
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            take(browser, told.group())
            browser.close()
    finally:
        desk.terminate()
        desk.wait()


if __name__ == "__main__":
    main()
