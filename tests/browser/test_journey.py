"""From pasting an article to its series, to the sentence, to a judgement and its undo: with a browser's own means."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from answering import server, told
from browser.conftest import DESKTOP, PHONE, Site, looking

REPORT = """\
ফেরিডুবিতে মৃতের সংখ্যা বেড়ে ২৪

চট্টগ্রামের কর্ণফুলীর মোহনায় ফেরিডুবিতে মৃতের সংখ্যা বেড়ে ২৪ জনে দাঁড়িয়েছে।

কোস্টগার্ডের মুখপাত্র রাশেদ করিম রোববার সকালে বলেন, “মোট ২৪ জনের মরদেহ উদ্ধার হয়েছে।”
"""
WORDS = {
    "en": {
        "add": "Add",
        "text": "The text",
        "published": "Published, if the page does not say",
        "read": "Read",
        "nothing kept": "Nothing is kept yet.",
        "keep": "Keep it",
        "its series": "its series",
        "judge": "judge",
        "split": "No: split them",
        "name": "Your name",
        "why": "Why",
        "write": "Write it down",
        "written": "Judgement 1 is written.",
        "take back": "Take judgement 1 back",
        "undone": "Judgement 2 is written.",
        "figure": "24",
    },
    "bn": {
        "add": "যোগ",
        "text": "লেখা",
        "published": "প্রকাশের সময়, পাতায় না থাকলে",
        "read": "পড়ুন",
        "nothing kept": "এখনো কিছু রাখা হয়নি।",
        "keep": "রাখুন",
        "its series": "ধারাটি দেখুন",
        "judge": "সিদ্ধান্ত দিন",
        "split": "না: আলাদা করুন",
        "name": "আপনার নাম",
        "why": "কেন",
        "write": "লিখে রাখুন",
        "written": "সিদ্ধান্ত ১ লেখা হয়েছে।",
        "take back": "সিদ্ধান্ত ১ ফিরিয়ে নিন",
        "undone": "সিদ্ধান্ত ২ লেখা হয়েছে।",
        "figure": "২৪",
    },
}


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_pasted_article_to_a_judgement_and_its_undo(
    browser: Browser, own_site: Site, language: str, width: int, scripts: bool
) -> None:
    words = WORDS[language]
    with looking(browser, own_site, language, width, java_script_enabled=scripts) as seen:
        page = seen.page
        seen.go("/")
        page.get_by_role("navigation").get_by_role("link", name=words["add"], exact=True).click()
        page.get_by_label(words["text"], exact=True).fill(REPORT)
        page.get_by_label(words["published"]).fill("2025-09-07T10:00")
        page.get_by_role("button", name=words["read"], exact=True).click()

        expect(page.get_by_text(words["nothing kept"])).to_be_visible()
        expect(page.locator("mark.q").first).to_contain_text("২৪")
        assert own_site.ledger.counts()["pages"] == 12
        page.get_by_role("button", name=words["keep"], exact=True).click()

        expect(page).to_have_url(re.compile(r"/articles/\d+"))
        article = page.url
        page.get_by_role("link", name=words["its series"]).first.click()
        expect(page).to_have_url(re.compile("/series/"))
        series = page.url
        chart = page.locator("figure.chart").locator("visible=true")
        mark = chart.locator(f'a[*|href^="{re.sub(r"^.*?//[^/]+|[?].*", "", article)}#m"]').first
        expect(mark).to_be_visible()
        mark.click()

        expect(page).to_have_url(re.compile(r"/articles/\d+#m\d+"))
        sentence = page.locator("mark:target")
        expect(sentence).to_be_in_viewport()
        expect(sentence).to_contain_text("২৪")

        page.goto(series)
        row = page.locator("table.figures tbody").filter(has=page.get_by_role("link", name=words["figure"], exact=True))
        row.first.get_by_role("link", name=words["judge"], exact=True).click()
        page.locator("input[name=b]").first.check()
        page.get_by_label(words["split"]).check()
        page.locator("form.judge").get_by_label(words["name"]).fill("রুবি")
        page.locator("form.judge").get_by_label(words["why"], exact=True).fill("অন্য দিনের হিসাব")
        page.get_by_role("button", name=words["write"]).click()

        expect(page.get_by_role("status")).to_have_text(words["written"])
        (split,) = own_site.ledger.judgements.standing()
        assert (split.kind, split.who, split.why) == ("split", "রুবি", "অন্য দিনের হিসাব")
        page.get_by_role("button", name=words["take back"]).click()
        expect(page.get_by_role("status")).to_have_text(words["undone"])
        assert own_site.ledger.judgements.standing() == []
        assert seen.complaints == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_series_are_found_to_be_one_and_linked(browser: Browser, own_site: Site, width: int, scripts: bool) -> None:
    ledger = own_site.ledger
    one, other = sorted((s for s in ledger.results.series() if s.event == "aboard"), key=lambda s: len(s.claims))
    with looking(browser, own_site, "en", width, java_script_enabled=scripts) as seen:
        page = seen.page
        seen.go(f"/series/{one.id}")
        page.get_by_role("link", name="Look for the other one in the whole ledger").click()
        page.get_by_label("Find another claim").fill("লঞ্চটিতে")
        page.get_by_label("Find another claim").press("Enter")
        found = page.get_by_role("radio", name="প্রায় ১২০ জন যাত্রী")
        expect(found).to_have_count(1)
        found.check()
        page.get_by_label("Yes: link them").check()
        page.locator("form.judge").get_by_label("Your name").fill("রুবি")
        page.get_by_role("button", name="Write it down").click()

        expect(page.get_by_role("status")).to_have_text("Judgement 1 is written.")
        (made,) = ledger.results.series(claims=[*one.claims, *other.claims])
        assert set(made.claims) == {*one.claims, *other.claims}
        page.get_by_role("button", name="Take judgement 1 back").click()
        expect(page.get_by_role("status")).to_have_text("Judgement 2 is written.")
        assert {series.id for series in ledger.results.series(claims=made.claims)} == {one.id, other.id}
        assert seen.complaints == []


def test_searching_without_leaving_the_page(browser: Browser, site: Site) -> None:
    with looking(browser, site, "en", DESKTOP) as seen:
        seen.go("/search")
        seen.page.evaluate("window.stayed = true")
        seen.page.get_by_label("Words").fill("মৃত")
        seen.page.get_by_label("Words").press("Enter")
        expect(seen.page).to_have_url(re.compile("words="))
        expect(seen.page.locator("#found .claim").first).to_contain_text("মৃত")
        assert seen.page.evaluate("window.stayed")
        assert seen.complaints == []


def test_what_stands_beside_a_search_is_of_the_words_asked_last(browser: Browser, site: Site) -> None:
    """So is where the choice of another language leads back to."""
    with looking(browser, site, "en", DESKTOP) as seen:
        page = seen.page
        beside, back = page.locator("#beside a"), page.locator("input[name=back]")

        def is_of(words: str) -> None:
            for link in (0, 1):
                expect(beside.nth(link)).to_have_attribute("href", re.compile(f"words={quote(words)}$"))
            expect(back).to_have_value(re.compile(quote(words)))

        seen.go("/search?words=মৃত")
        is_of("মৃত")
        page.evaluate("window.stayed = true")
        page.get_by_label("Words").fill("লঞ্চ")
        page.get_by_label("Words").press("Enter")
        is_of("লঞ্চ")
        assert page.evaluate("window.stayed")
        with page.expect_download() as coming:
            beside.get_by_text("CSV").click()
        assert "লঞ্চ" in coming.value.path().read_text(encoding="utf-8").splitlines()[1]
        page.go_back()
        is_of("মৃত")
        page.get_by_label("Words").evaluate("box => box.removeAttribute('maxlength')")
        page.get_by_label("Words").fill("ক" * 501)
        page.get_by_label("Words").press("Enter")
        expect(page.locator("#found")).to_contain_text("Something in the request is not right")
        expect(beside).to_have_count(0)


def test_a_search_that_fails_says_so_in_place(browser: Browser, site: Site) -> None:
    with looking(browser, site, "en", DESKTOP) as seen:
        seen.go("/search?words=মৃত")
        seen.page.get_by_label("Words").evaluate("box => box.removeAttribute('maxlength')")
        seen.page.get_by_label("Words").fill("ক" * 501)
        seen.page.get_by_label("Words").press("Enter")
        expect(seen.page.locator("#found")).to_contain_text("Something in the request is not right")
        expect(seen.page.locator("#found")).to_contain_text("Look again at: Words.")


def test_the_keyboard_goes_everywhere(browser: Browser, site: Site) -> None:
    """The first stop skips to the content; in the chart every mark is a stop; a mark opens with Enter."""
    with looking(browser, site, "en", DESKTOP) as seen:
        page = seen.page
        seen.go(site.pages()["series"])
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Skip to the content")
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        marks = page.locator("figure.chart.wide a")
        assert marks.count() > 5
        page.keyboard.press("Tab")
        expect(page.locator("figure.chart.wide a:focus")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/articles/\d+#m\d+"))


def test_the_readers_choice(browser: Browser, site: Site) -> None:
    with looking(browser, site, "bn", PHONE) as seen:
        page = seen.page
        seen.go("/search?unit=BDT&min=1000000")
        expect(page.get_by_text("৮৫,০০,০০০").first).to_be_visible()
        page.locator("details.reader summary").click()
        page.get_by_label("English").check()
        page.get_by_label("123", exact=True).check()
        page.locator("details.reader button").first.click()
        expect(page).to_have_url(re.compile("unit=BDT&min=1000000"))
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_text("85,00,000").first).to_be_visible()


@pytest.mark.parametrize("language", ["bn", "en"])
def test_from_an_address_to_its_article(browser: Browser, own_site: Site, language: str) -> None:
    """What can't be fetched is said, and the address stays in its field."""
    labels = {"bn": ("পাতার ঠিকানা", "এনে পড়ুন"), "en": ("Its address", "Fetch and read")}[language]
    words = WORDS[language]
    with server() as outlet, looking(browser, own_site, language, PHONE, java_script_enabled=False) as seen:
        page = seen.page
        seen.go("/add")
        page.get_by_label(labels[0], exact=True).fill(outlet.address("/ferry"))
        page.get_by_role("button", name=labels[1], exact=True).click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label(labels[0], exact=True)).to_have_value(outlet.address("/ferry"))

        outlet.routes["/ferry"] = told(REPORT, "text/plain; charset=utf-8")
        page.get_by_role("button", name=labels[1], exact=True).click()
        expect(page.get_by_text(words["nothing kept"])).to_be_visible()
        page.get_by_role("button", name=words["keep"], exact=True).click()
        expect(page).to_have_url(re.compile(r"/articles/\d+"))
        assert own_site.ledger.text(outlet.address("/ferry")) == REPORT
        assert not [request for request in seen.requests if not request.startswith(own_site.url)]
