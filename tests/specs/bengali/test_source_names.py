"""Sources as a list names them: `as written → its name`."""

from __future__ import annotations

import pytest

from dabi.bengali.source_names import points_back, source_name

CASES = """
প্রতিবেদনে → প্রতিবেদন
কৃষি বিভাগের এক প্রতিবেদনে → কৃষি বিভাগের এক প্রতিবেদন
মৎস্য অধিদপ্তরের সংবাদ বিজ্ঞপ্তিতে → মৎস্য অধিদপ্তরের সংবাদ বিজ্ঞপ্তি
প্রতিবেদনটিতে → প্রতিবেদনটি
নথিগুলোতে → নথিগুলো
নদী জরিপের গবেষণায় → নদী জরিপের গবেষণা
হলফনামায়ও → হলফনামা
ফেরিঘাট সূত্রে → ফেরিঘাট সূত্র
সংগঠনটির সংবাদ সম্মেলনে → সংগঠনটির সংবাদ সম্মেলন
জেলেদের মানববন্ধন থেকে → জেলেদের মানববন্ধন
নৌকার মাঝিদের সমিতির পক্ষ থেকে → নৌকার মাঝিদের সমিতি
কৃষক পরিষদের তরফ থেকে → কৃষক পরিষদ
ইউনিয়ন পরিষদ থেকে → ইউনিয়ন পরিষদ
পক্ষ থেকে → পক্ষ
উপকূলীয় পৌরসভার মেয়রের → উপকূলীয় পৌরসভার মেয়র
প্রশাসন সূত্রের → প্রশাসন সূত্র
বিআরটিএর → বিআরটিএ
রহিম মিয়ার → রহিম মিয়ার
সরদার → সরদার
এতে → এতে
কামাল উদ্দিন → কামাল উদ্দিন
স্থানীয় এক জেলে → স্থানীয় এক জেলে
হরিপুর মৎস্যজীবী সমবায় → হরিপুর মৎস্যজীবী সমবায়
পানি উন্নয়ন বোর্ডের   প্রতিবেদনে → পানি উন্নয়ন বোর্ডের প্রতিবেদন
reports of the harbour → reports of the harbour
""".strip().splitlines()


@pytest.mark.parametrize("line", CASES)
def test_a_paper_or_gathering_is_named_in_the_nominative(line: str) -> None:
    written, name = (side.strip() for side in line.split("→"))
    assert source_name(written) == name


def test_decomposed_letters_stay_as_written() -> None:
    assert source_name("মৎস্য মন্ত্রণাল\u09af\u09bcের হলফনামা\u09af\u09bc") == "মৎস্য মন্ত্রণাল\u09af\u09bcের হলফনামা"


@pytest.mark.parametrize("word", ["তিনি", "তারা", "তাঁরাও", "এতে", "তাতে", "সেখানে", "তাঁর"])
def test_a_word_for_what_was_named_before_names_nobody(word: str) -> None:
    assert points_back(word)


@pytest.mark.parametrize("name", ["তিনি নিজে", "তারা মিয়া", "এক জেলে", "প্রতিবেদন", "reports", ""])
def test_a_name_does_not_point_back(name: str) -> None:
    assert not points_back(name)
