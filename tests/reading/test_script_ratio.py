"""Bengali told from all else by its letters and commonest words, first in bytes, then in what is seen."""

from __future__ import annotations

import pytest

from dabi.reading.script_ratio import FEWEST_OF_A_PAGE, is_assamese, is_bengali, may_be_bengali, visible_text
from web_archive import BENGALI, ENGLISH, page

ASSAMESE = (
    "নৈৰ পানী বাঢ়ি অহাত চৰ অঞ্চলৰ দুশ পৰিয়ালে মথাউৰিত আশ্ৰয় লৈছে বুলি জিলা প্ৰশাসনে জনাইছে। ৰাস্তাত পানী উঠাত গাড়ী-মটৰ "
    "চলাচল বন্ধ হৈ আছে আৰু বিদ্যুৎ যোগান নাই। চৰকাৰে পঠোৱা নাৱেৰে মানুহক উদ্ধাৰ কৰা হৈছে। গাঁৱৰ মানুহে কয়, এনে বানপানী আগতে "
    "দেখা নাছিল, ঘৰে ঘৰে পানী সোমাইছে।"
)
BISHNUPRIYA = (
    "গাঙহানর পানিহান বাড়িয়া চরহানর মানু মাঙল্লা। ইমার ঠারহানল্ লেরিক ইকরতারা বারো এলা দিতারা। গাঙর পারে দিনহানাত আকখুলা "
    "মেলাহান অর, মাপাহান লম্বা বারো ফারাগ। মুনি বারো জেলার মানু হাব্বি মিলিয়া মন্দিরহান হঙকরলা। শিক্ষার হারহান মানুর গজে "
    "বাড়িল, ইস্কুলহান বারো বাজারহান থানাগর মাঝে। রাজাগ অহান দিয়া মানু হাব্বিরে আঙকরল। "
    "গাঙহানর পারে মানুর বাসাহানি হাবি পুরান, দিনহানাত লেরিক ইকরতারা মানু বাড়িয়া আহের। মুনিহান জেলাহান মাপাহান।"
)
HINDI = "नदी का पानी बढ़ने से दो सौ परिवार बाँध पर चले गए हैं, ज़िला प्रशासन ने बताया। सड़क पर पानी आने से यातायात बंद है। " * 4
MENU = "|".join(f"World news and opinion {n}" for n in range(120))


@pytest.mark.parametrize(
    "text",
    [
        BENGALI,
        BENGALI.replace("য়", "য\u09bc"),
        BENGALI + "\n" + "\n".join(MENU.split("|")),
        BENGALI + "\n" + ENGLISH * 4,
        BENGALI + "\n" + "অসমৰ খবৰ",
        "\n".join(["বন্যার পানি নামছে", "সেতু ধসে নিহত পাঁচ", "চালের দাম আবার বাড়ল", "শেষ হলো বইমেলা"] * 4),
    ],
    ids=["Bengali", "decomposed", "a large English menu", "a notice in English", "a link to Assamese", "headlines"],
)
def test_bengali(text: str) -> None:
    assert may_be_bengali(text.encode())
    assert is_bengali(text)


@pytest.mark.parametrize(
    "text",
    [
        ASSAMESE,
        ASSAMESE + "\nবাংলা সংবাদ",
        BISHNUPRIYA,
        HINDI,
        ENGLISH * 20,
        ENGLISH * 20 + "The singer, known at home as মমতাজ বেগম, was born in মানিকগঞ্জ.",
        ENGLISH * 60 + "\n" + BENGALI,
        "বাংলা · English · हिन्दी",
        "",
    ],
    ids=[
        "Assamese",
        "Assamese with a link to Bengali",
        "Bishnupriya",
        "Hindi",
        "English",
        "a name",
        "one quoted paragraph of a long text",
        "links to languages",
        "nothing",
    ],
)
def test_not_bengali(text: str) -> None:
    assert not is_bengali(text)


def test_assamese_by_its_letters() -> None:
    assert is_assamese(ASSAMESE)
    assert not is_assamese(BENGALI)


def test_of_a_page_that_was_asked_for_less_is_enough() -> None:
    short = "নদীর পানি কমেছে বলে জানিয়েছে পাউবো। আরও তিন দিন কমতে পারে।"
    assert not is_bengali(short)
    assert is_bengali(short, FEWEST_OF_A_PAGE)
    assert not is_bengali(f"{short} {MENU}", FEWEST_OF_A_PAGE)
    assert not is_bengali("নদীর পানি কমেছে", FEWEST_OF_A_PAGE)


@pytest.mark.parametrize(
    "data",
    [
        BENGALI.encode("utf-8"),
        BENGALI.encode("utf-16"),
        BENGALI.encode("utf-16-be"),
        page("x").encode("utf-16-le"),
        "".join(f"&#{ord(c)};" for c in BENGALI).encode(),
        "".join(f"&#x{ord(c):04X};" for c in BENGALI).encode(),
    ],
    ids=[
        "UTF-8",
        "UTF-16",
        "UTF-16 without a mark",
        "a page in UTF-16",
        "decimal references",
        "hexadecimal references",
    ],
)
def test_bengali_bytes_in_every_spelling(data: bytes) -> None:
    assert may_be_bengali(data)


@pytest.mark.parametrize(
    "data",
    [
        (ENGLISH * 100).encode(),
        (HINDI * 3).encode(),
        ("ไทย " * 300).encode(),
        ("&nbsp;&#8217;&#2325; " * 300).encode(),
        bytes(range(256)) * 40,
        "নাম".encode() * 10,
        b"",
    ],
    ids=["English", "Hindi", "Thai", "other references", "noise", "few letters", "nothing"],
)
def test_other_bytes(data: bytes) -> None:
    assert not may_be_bengali(data)


def test_what_is_seen_of_a_page() -> None:
    seen = visible_text(
        "<html><head><title>no</title></head><body><!-- no --><SCRIPT>if (a < b) no()</SCRIPT ><p>yes<b>terday</b>"
        "&amp;&#2453;</p><style>no</style><noscript>no</noscript>1 < 2<br/>end"
    )
    assert seen.split() == ["yesterday&ক", "1", "<", "2", "end"]


@pytest.mark.parametrize("open_end", ["<script>", "<!--", "<svg><head>", "<textarea rows=3>"])
def test_what_is_never_closed_hides_the_rest(open_end: str) -> None:
    assert visible_text("before " + open_end * 50_000 + "behind").split() == ["before"]


@pytest.mark.parametrize(
    ("piece", "seen"),
    [("<style", []), ("</script", []), ("<b", []), ("<a href='x", []), ("< ", ["<"] * 100_000 + ["behind"])],
)
def test_tags_without_an_end_are_gone_through_once(piece: str, seen: list[str]) -> None:
    """By the half megabyte: what looked for each end to the end of the page would not come back for hours."""
    assert visible_text(piece * 100_000 + " behind").split() == seen
