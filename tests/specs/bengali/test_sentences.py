"""Where a Bengali sentence ends, and where it only looks so."""

import pytest

from dabi.bengali.passage import passage


@pytest.mark.parametrize(
    "text",  # " | " marks each end
    [
        "পানি নামছে। | মানুষ ফিরছে।",
        "পানি নামছে।|মানুষ ফিরছে।",  # run together
        "কেন এমন হলো? | কেউ জানে না!",
        "মো. করিম ও ড. রহিমা সেখানে ছিলেন। | তাঁরা ফিরেছেন।",
        "এ. কে. খান সড়কে আগুন লাগে। | হতাহত নেই।",
        "তিনি বলেন, “নৌকা দরকার।” | এরপর চুপ করেন।",
        "‘আমরা ভালো আছি।’ | বললেন রাবেয়া।",
        "নদীর পানি ১২.৫ সেন্টিমিটার বেড়েছে।",
        "দাম কমেছে. | এখন স্থির।",
        "সত্যিই?! | হ্যাঁ।",
        "প্রথম লাইন | দ্বিতীয় লাইন",
        "হাসপাতালে ডা. সেন বলেন, রোগী ৩ জন। | সবাই সুস্থ।",
        "",
    ],
)
def test_sentences(text: str) -> None:
    pieces = text.split(" | ") if " | " in text else text.split("|")
    joined = text.replace(" | ", "\n" if "লাইন" in text else " ").replace("|", "")
    read = passage(joined)
    assert [read.slice(*s) for s in read.sentences] == [passage(p).slice(0, len(passage(p))) for p in pieces if p]


def test_every_token_but_line_ends_is_in_one_sentence() -> None:
    read = passage("এক। দুই?\n\nতিন ‘চার।’ পাঁচ")
    covered = [i for first, last in read.sentences for i in range(first, last)]
    assert covered == [i for i, word in enumerate(read.words) if word != "\n"]
