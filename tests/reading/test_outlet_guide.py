"""docs/how-to-add-an-outlet.md followed to its end: in a copy of dabi, with the guide's own lines and files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import dabi

TESTS = Path(__file__).resolve().parent.parent
GUIDE = TESTS.parent / "docs" / "how-to-add-an-outlet.md"
PAGE = """<!DOCTYPE html>
<html lang="bn"><head><meta charset="utf-8"><title>উজানের ঢলে ডুবেছে ১২ গ্রাম | দৈনিক উজান</title>
<link rel="canonical" href="https://www.ujan.example/news/17">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "উজানের ঢলে ডুবেছে ১২ গ্রাম", "datePublished": "2025-07-12T19:30:00+06:00",
"dateModified": "2025-07-12T21:05:00+06:00"}</script></head>
<body><header><a href="/">দৈনিক উজান</a><nav><ul><li>প্রচ্ছদ</li><li>জাতীয়</li><li>খেলা</li></ul></nav></header>
<main><h1 class="title">উজানের ঢলে ডুবেছে ১২ গ্রাম</h1><div class="writer">কুড়িগ্রাম প্রতিনিধি</div>
<p class="when"><time datetime="2025-07-12T19:30:00+06:00">প্রকাশ: ১২ জুলাই ২০২৫, ১৯:৩০</time></p>
<p class="when">আপডেট: ১২ জুলাই ২০২৫, ২১:০৫</p>
<figure><img src="/17.jpg" alt=""><figcaption>ডুবে যাওয়া বাজারের পথ। ছবি: দৈনিক উজান</figcaption></figure>
<div id="article">
<p>কুড়িগ্রামের উলিপুরে উজানের ঢলে ১২টি গ্রাম তলিয়ে গেছে। পানিবন্দী হয়ে পড়েছে ৮০০ পরিবার।</p>
<p>উজান পাঠকমেলা: আপনার লেখা পাঠান</p>
<p>শনিবার সকালে ব্রহ্মপুত্রের পানি বিপৎসীমার ২৫ সেন্টিমিটার ওপর দিয়ে বইছিল।</p>
<div class="also-read"><a href="/news/9">নদীভাঙনে বিলীন বিদ্যালয়</a></div>
<p>পানিতে ডুবে ২ জনের মৃত্যু হয়েছে। আহত হয়েছেন ৫ জন। উপজেলা প্রশাসন ৪০ মেট্রিক টন চাল বরাদ্দ দিয়েছে।</p>
<p>উজানের সঙ্গে থাকুন</p>
<p>আরও দুই দিন পানি বাড়তে পারে বলে জানান তিনি।</p>
<p>পরের খবর উজানে</p><p>সাহিত্য সাময়িকী নিয়ে আসছে নতুন সংখ্যা, জানায় উজান।</p>
</div></main>
<section><h2>আরও পড়ুন</h2><ul><li>হাটে উঠেছে আগাম সবজি</li><li>সেতুর কাজ আবার বন্ধ</li></ul></section>
<footer><p>বিজ্ঞাপন</p><p>© ২০২৫ দৈনিক উজান</p></footer></body></html>
"""


def test_the_guide_leads_to_an_outlet_whose_page_is_read(tmp_path: Path) -> None:
    said = GUIDE.read_text(encoding="utf-8")
    names = "".join(f"{line.strip()}\n" for line in re.findall(r"^ {4}Dainik Ujan\t.*$", said, re.M))
    file, expectation = re.findall(r"```toml\n(.*?)```", said, re.S)
    source, pages = tmp_path / "src" / "dabi", tmp_path / "tests" / "outlets"
    shutil.copytree(Path(dabi.__file__).parent, source, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(TESTS / "outlets", pages, ignore=shutil.ignore_patterns("__pycache__"))
    with (source / "bengali" / "lexicon" / "outlets.tsv").open("a", encoding="utf-8") as table:
        table.write(names)
    (source / "reading" / "outlets" / "dainik-ujan.toml").write_text(file, encoding="utf-8")
    (pages / "dainik-ujan.toml").write_text(expectation, encoding="utf-8")
    (pages / "dainik-ujan.html").write_text(PAGE, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-k",
            "dainik-ujan or each_outlet",
            str(pages),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert re.search(r"\b6 passed", done.stdout), done.stdout
