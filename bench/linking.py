"""What linking costs: `python -m bench.linking [ARTICLES …]`, 2000 and 20000 by itself.

Reports are made from sentences of our own: running events of many kinds and places, each told by several outlets over
days with figures that move, as news comes; the number of reports of one event does not grow with the ledger. Printed
for each step: the processor time that reading, adding and linking take for one report, and how long a story page takes.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from dabi import service
from dabi.ledger import Submission, open_ledger
from dabi.reconciliation.keeping import update
from dabi.service.stories import story_view

_PLACES = [
    "বরিশাল",
    "ভোলা",
    "পটুয়াখালী",
    "ঝালকাঠি",
    "পিরোজপুর",
    "বরগুনা",
    "যশোর",
    "খুলনা",
    "সাতক্ষীরা",
    "বাগেরহাট",
    "নড়াইল",
    "মাগুরা",
    "কুষ্টিয়া",
    "মেহেরপুর",
    "ঝিনাইদহ",
    "রংপুর",
    "দিনাজপুর",
    "পঞ্চগড়",
    "নীলফামারী",
    "লালমনিরহাট",
    "কুড়িগ্রাম",
    "গাইবান্ধা",
    "রাজশাহী",
    "নাটোর",
    "নওগাঁ",
    "বগুড়া",
    "পাবনা",
    "সিরাজগঞ্জ",
    "সিলেট",
    "সুনামগঞ্জ",
    "হবিগঞ্জ",
    "মৌলভীবাজার",
    "কুমিল্লা",
    "চাঁদপুর",
    "ফেনী",
    "নোয়াখালী",
    "লক্ষ্মীপুর",
    "কক্সবাজার",
    "রাঙামাটি",
    "বান্দরবান",
    "ময়মনসিংহ",
    "জামালপুর",
    "শেরপুর",
    "নেত্রকোনা",
]
_HAMLETS = [
    "কালি",
    "হরি",
    "নীল",
    "শ্যাম",
    "চর",
    "নব",
    "পূর্ব",
    "দক্ষিণ",
    "বড়",
    "ছোট",
    "রাম",
    "শিব",
    "তুলা",
    "মধু",
    "সোনা",
    "রূপা",
    "কাশ",
    "বেল",
    "তাল",
    "আম",
]
_ENDS = ["পুর", "গঞ্জ", "হাটি", "খালি", "ডাঙ্গা", "তলা", "বাড়ি", "নগর", "কান্দি", "পাড়া", "মারী", "ঘাট", "দিয়া", "কাঠি"]
_FAMILIES = [
    "রহমান",
    "হোসেন",
    "আলী",
    "ইসলাম",
    "উদ্দিন",
    "মিয়া",
    "সরকার",
    "মণ্ডল",
    "বিশ্বাস",
    "দাস",
    "রায়",
    "পাল",
    "খাতুন",
    "বেগম",
    "আক্তার",
]
_NAMES = [
    "করিম",
    "রফিক",
    "শফিক",
    "জামাল",
    "কামাল",
    "হাসান",
    "মাহবুব",
    "নাসির",
    "তারেক",
    "সেলিম",
    "বাবুল",
    "রিপন",
    "সুমন",
    "মিলন",
    "জাহিদ",
    "শাহীন",
    "লিটন",
    "মাসুদ",
]
_KINDS = (
    ("বাস ও ট্রাকের সংঘর্ষ", "বাস", "চালক ঘুমিয়ে পড়ায় বাসটি নিয়ন্ত্রণ হারায়", "হাইওয়ে পুলিশ"),
    ("লঞ্চডুবি", "লঞ্চ", "প্রবল স্রোতে লঞ্চটি উল্টে যায়", "নৌ পুলিশ"),
    ("কারখানায় অগ্নিকাণ্ড", "কারখানা", "বয়লার থেকে আগুনের সূত্রপাত হয়", "ফায়ার সার্ভিস"),
    ("ভবনধস", "ভবন", "পিলারে ফাটল ধরার পর ভবনটি ধসে পড়ে", "উদ্ধারকারী দল"),
    ("কালবৈশাখী ঝড়", "ঘর", "ঝড়ে গাছ উপড়ে সড়ক বন্ধ হয়ে যায়", "জেলা প্রশাসন"),
    ("পাহাড়ধস", "বসতঘর", "টানা বৃষ্টিতে পাহাড়ের মাটি নেমে আসে", "জেলা প্রশাসন"),
    ("বজ্রপাত", "গরু", "মাঠে ধান কাটার সময় বজ্রপাত হয়", "উপজেলা প্রশাসন"),
    ("গ্যাস বিস্ফোরণ", "বাসা", "চুলার লাইন থেকে গ্যাস জমে বিস্ফোরণ হয়", "ফায়ার সার্ভিস"),
)

_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def reports(count: int, seed: int = 11) -> Iterator[tuple[str, str, str]]:
    """`count` reports as (id, text, day), events one after the other, four to ten reports of each."""
    chance = random.Random(seed)
    made = event = 0
    while made < count:
        event += 1
        day = date(2021, 1, 1) + timedelta(days=event // 4)
        kind, thing, cause, source = chance.choice(_KINDS)
        place = chance.choice(_PLACES)
        hamlet = chance.choice(_HAMLETS) + chance.choice(_ENDS)
        family = f"{chance.choice(_NAMES)} {chance.choice(_FAMILIES)}"
        dead, hurt, things = chance.randint(2, 20), chance.randint(5, 80), chance.randint(2, 60)
        for number in range(min(chance.randint(4, 10), count - made)):
            dead += chance.choice([0, 0, 1, 2]) if number else 0
            told = day + timedelta(days=number // 3)
            lines = [
                f"{kind}: {place} জেলায় নিহত {dead}",
                f"{place} জেলার {hamlet} এলাকায় {kind}ের ঘটনায় অন্তত {dead} জন নিহত ও {hurt} জন আহত হয়েছেন। {cause}।",
                f"{source}ের কর্মকর্তা {family} বলেন, {things}টি {thing} ক্ষতিগ্রস্ত হয়েছে এবং {dead} জনের লাশ উদ্ধার করা হয়েছে।",
                f"এ নিয়ে {hamlet}ের ঘটনায় মৃতের সংখ্যা বেড়ে {dead} জনে দাঁড়াল। আহত {hurt} জনের মধ্যে {max(1, hurt // 4)} জনের "
                f"অবস্থা আশঙ্কাজনক। নিহত ব্যক্তিদের পরিবারকে {25 * (1 + event % 3)} হাজার টাকা করে দেওয়া হবে।",
            ]
            yield f"{event}-{number}", "\n".join(lines).translate(_DIGITS), told.isoformat()
            made += 1


def measure(steps: list[int]) -> list[float]:
    """Milliseconds that linking takes for one report at each step, over the last tenth of it."""
    costs = []
    print("\nA ledger that grows, milliseconds of processor time for one report; the same for a story page")
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "bench.db") as ledger:
        done = 0
        source = reports(max(steps))
        for step in sorted(steps):
            tail = max(200, step // 10)
            while done < step:
                wanted = min(max(step - tail - done, 0) or step - done, 1000)
                spent = {"read": 0.0, "add": 0.0}
                for _ in range(wanted):
                    id, text, day = next(source)
                    start = time.process_time()
                    analysis = service.analyse(text, published=day, id=id)
                    read = time.process_time()
                    ledger.add(Submission(article=id, text=text), analysis, extractor="bench")
                    spent["read"] += read - start
                    spent["add"] += time.process_time() - read
                start = time.process_time()
                update(ledger)
                linked = time.process_time() - start
                done += wanted
            stories = ledger.results.stories(limit=20)
            start = time.process_time()
            for story in stories:
                story_view(ledger, story.id)
            page = (time.process_time() - start) / max(len(stories), 1)
            cost = 1000 * linked / wanted
            costs.append(cost)
            read, add = 1000 * spent["read"] / wanted, 1000 * spent["add"] / wanted
            times = f"read {read:5.1f}   add {add:5.1f}   link {cost:5.1f}   story page {1000 * page:5.1f}"
            print(f"  {step:6} reports   {times}")
    print(f"  linking at the last step costs {costs[-1] / costs[0]:.2f} times what it costs at the first")
    return costs


if __name__ == "__main__":
    measure([int(argument) for argument in sys.argv[1:]] or [2_000, 20_000])
