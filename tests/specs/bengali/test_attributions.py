"""Who says it: each case is one line of invented text in which {…} is the source, [… ] the cue and <…> the content.

A second content is written <2…>. Lines under NOTHING report nothing: no attribution may be found in them.
"""

from __future__ import annotations

import re

import pytest

from dabi.bengali import attributions
from dabi.bengali.script import fold_text
from dabi.model import Attribution

CUE_THEN_CONTENT = """
{জেলা প্রশাসক কামরুল হাসান} [বলেন], <বাঁধের কাজ আগামী মাসে শেষ হবে>।
সোমবার দুপুরে {সিভিল সার্জন মাসুদ পারভেজ} প্রথম আলোকে [বলেন], <টিকার ঘাটতি নেই>।
{তিনি} আরও [বলেন], <কেউ বাদ পড়বে না>।
{আবহাওয়া অধিদপ্তর} [জানিয়েছে], <রাতে বৃষ্টি হতে পারে>।
এক টেলিগ্রাম বার্তায় {গভর্নর ওলেগ মার্চেঙ্কো} [জানান], <রাতে বিদ্যুৎ ছিল না>।
এক সংবাদ সম্মেলনে {মেয়র জাহিদ হোসেন} [জানান], <ড্রেন পরিষ্কারে খরচ হবে দুই কোটি টাকা>।
{কমিটির এক সদস্য} সাংবাদিকদের [বলেন], <প্রতিবেদন কাল জমা পড়বে>।
{ঢাকায় নিযুক্ত রাষ্ট্রদূত মার্ক জনসন} [বলেছেন], <দুই দেশের বাণিজ্য বাড়বে>।
{নিহতের ভাই জসিম উদ্দিন} [অভিযোগ করেন], <পুলিশ দেরিতে এসেছে>।
{প্রতিষ্ঠানটি} [দাবি করেছে], <তাদের পণ্যে ভেজাল নেই>।
{তিনি} [মনে করেন], <নদী খনন ছাড়া উপায় নেই>।
{পুলিশ} [বলছে], <চালক ঘুমিয়ে পড়েছিলেন>।
{স্থানীয় বাসিন্দারা} [জানান] যে <রাতে পানি বেড়েছে>।
{রাকিব হাসান} ফেসবুকে [লেখেন], ‘<আজ থেকে আমি আর দলে নেই।>’
"""

QUOTED = """
{শিক্ষক হালিমা বেগম} [বলেন], ‘<বই এখনো আসেনি। আমরা ফটোকপি দিয়ে পড়াচ্ছি। অভিভাবকেরা ক্ষুব্ধ।>’
‘<কাউকে ছাড় দেওয়া হবে না, আইন সবার জন্য সমান>’ বলে [জানান] {পুলিশ সুপার হাসান মাহমুদ}।
“<আমরা যুদ্ধ চাই না, চাই শান্তি আর কাজ>”, [বলেন] {প্রেসিডেন্ট হুয়ান কার্লোস}।
{কোচের} [ভাষ্য], ‘<দল হারলেও খেলা ভালো হয়েছে, সামনে সময় আছে>’।
"""

DOCUMENTS = """
{স্বজনদের তালিকা} [অনুযায়ী], <এখনো নিখোঁজ ১১ জন>।
তবে {বিআরটিএর} [হিসাবে] <একই সময়ে মৃত্যু ১৪৩>।
{আবেদনে} [বলা হয়], <আসামি বিদেশে পালাতে পারেন>।
{মামলার বিবরণে} [উল্লেখ করা হয়েছে], <জমির দলিল জাল ছিল>।
{বন বিভাগের এক প্রতিবেদনে} [বলা হয়েছে], <বাঘের সংখ্যা বেড়েছে>।
{চিঠিতে} আরও [উল্লেখ রয়েছে], <পাওনা টাকা পাঁচ দিনের মধ্যে দিতে হবে>।
{মন্ত্রণালয় সূত্রে} [জানা গেছে], <নতুন তালিকা তৈরি হচ্ছে>।
{গবেষণায়} [দেখা গেছে], <শিশুদের ওজন কমছে>।
এক সভায় [জানানো হয়], <প্রথমে তিনটি গ্রামে কাজ হবে>।
"""

CONTENT_THEN_CUE = """
<বৃষ্টি আরও তিন দিন চলবে> বলে [জানিয়েছে] {আবহাওয়া অধিদপ্তর}।
<আগুনের সূত্রপাত চুলা থেকে> বলে [ধারণা করা হচ্ছে]।
{তিনি} <এ মাসেই ফিরবেন> বলে [আশা প্রকাশ করেন]।
<সেতুর নকশায় ভুল ছিল> বলে [অভিযোগ] {এলাকাবাসীর}।
<চালের দাম কেন বাড়ল>, [জানালেন] {বাণিজ্য উপদেষ্টা}।
<বাঁধ ভাঙার আশঙ্কা আছে> [উল্লেখ করে] {প্রকৌশলী মনির হোসেন} বলেন, কাজ চলছে।
"""

NOUN_PHRASES = """
<অবৈধ দখল উচ্ছেদের> [নির্দেশ দিয়েছেন] {হাইকোর্ট}।
{শ্রমিকেরা} <বকেয়া মজুরি পরিশোধের> [দাবি জানান]।
<বাজার তদারকি বাড়াতে> জেলা প্রশাসকদের [নির্দেশ দেন] {বাণিজ্য উপদেষ্টা}।
<নদী থেকে বালু তোলার> [অভিযোগ উঠেছে]।
{শিক্ষার্থীরা} <হল খুলে দেওয়ার> [আহ্বান জানান]।
<দুই পক্ষের সংঘর্ষে তিনজন আহত হওয়ার> কথা [জানিয়েছে] {পুলিশ}।
"""

NOUN_CUES = """
{তাঁর} [দাবি], <কারখানায় কোনো শিশু কাজ করে না>।
{পুলিশের} [ধারণা], <চোরেরা জানালা দিয়ে ঢুকেছিল>।
{গ্রামবাসীর} [অভিযোগ], <ইটভাটার ধোঁয়ায় ফসল নষ্ট হচ্ছে>।
{বিশেষজ্ঞদের} [মতে], <এবার শীত দেরিতে আসবে>।
{বন বিভাগের} [তথ্য অনুযায়ী], <গত বছর গাছ কাটা পড়েছে দুই লাখ>।
{প্রত্যক্ষদর্শীদের} [ভাষ্যমতে], <বাসটি দ্রুতগতিতে চলছিল>।
"""

POINTING_BACK = """
<মহাসড়কে বাস উল্টে পাঁচ যাত্রী আহত হয়েছেন>। {হাইওয়ে পুলিশের পরিদর্শক সেলিম রেজা} এ তথ্য [নিশ্চিত করেছেন]।
<নদীতে ডুবে দুই ভাইয়ের মৃত্যু হয়েছে>। বিষয়টি [নিশ্চিত করেছেন] {স্থানীয় ইউপি চেয়ারম্যান আবদুল হাই}।
<আগামী সপ্তাহে নতুন ট্রেন চালু হচ্ছে>। আজ {রেল মন্ত্রণালয়ের এক বিজ্ঞপ্তিতে} এ তথ্য [জানানো হয়েছে]।
"""

ORDERS = """
{সরকার} <জেলা প্রশাসককে তালিকা করার> [নির্দেশ দিয়েছে]।
{আদালত} <চালককে হাজতে পাঠানোর> [আদেশ দেন]।
{উপজেলা নির্বাহী কর্মকর্তা} <দোকানিদের ফুটপাত ছাড়ার> [নির্দেশ দেন]।
{সুপ্রিম কোর্ট} কেন্দ্রকে <দুই মাসের মধ্যে হলফনামা দিতে> [বলেছে]।
{মহাসচিব} দুই পক্ষকে <সংলাপের> [আহ্বান জানান]।
{সরকার} <এ ক্ষতির জন্য ঠিকাদারদের> [দায়ী করেছে]।
<শিশুটির মৃত্যুর বিষয়টি> {হাসপাতালের চিকিৎসক মাসুদ রহমান} প্রথম আলোকে [নিশ্চিত করেছেন]।
"""

REPORTS = """
{মৎস্য অধিদপ্তরের} [হালনাগাদ প্রতিবেদন অনুযায়ী], <ইলিশ ধরা পড়েছে ৫ লাখ টন>।
{সর্বশেষ জরিপ} [অনুযায়ী], <শকুন আছে ২৬০টি>।
{সরকারি} [হিসাবে] <ভাঙনে ঘর হারিয়েছে ৯০০ পরিবার>।
{দৈনিক পর্যালোচনায়} [বলা হয়েছে], <লেনদেন কমেছে ৮ শতাংশ>।
{উপগ্রহের ছবিতে} [দেখা যায়], <হ্রদের অর্ধেক শুকিয়ে গেছে>।
"""

WEST_BENGAL = """
{বিরোধীদের} অবশ্য [দাবি], <ঘরছাড়ার সংখ্যা কুড়ি হাজারের কম নয়>।
{বাসিন্দা তপন সর্দারের} [ক্ষোভ], ‘‘<দশ বছরে পাঁচ বার ঘর ভাঙল।>’’
{পুলিশ সূত্রের} [খবর], <দু’টি নৌকা আটক হয়েছে>।
{হাসপাতাল সূত্রে} [খবর], <আহত সাত জনের চিকিৎসা চলছে>।
{বিধায়কের} [কটাক্ষ], ‘‘<ওঁরা রাস্তা দেখেন, কাদা দেখেন না।>’’
{মেয়রের} [সংযোজন], ‘‘<তিন লক্ষ গাছ লাগানো হবে।>’’
{আদালতের} [পর্যবেক্ষণ], <তদন্তে দেরি হয়েছে>।
[অভিযোগ], <দালাল দশ হাজার টাকা চান>।
{আবহাওয়া দফতরের} [পূর্বাভাস], <শুক্রবার থেকে শীত বাড়বে>।
"""

TRANSLATED = """
{প্রতিরক্ষা মন্ত্রণালয়} [বলেছে] <রাতে ৩০টি ড্রোন ধ্বংস করা হয়েছে>।
{চিকিৎসকেরা} [জানিয়েছেন] <আহতদের মধ্যে ৬ জনের অবস্থা গুরুতর>।
{সংস্থাটি}, হিসাব মিলিয়ে দেখে, [বলেছে] <ঘাটতি ৫ শতাংশ বাড়বে>।
{নৌবাহিনী} মহড়া চালিয়ে [বলেছে] <এটি নিয়মিত প্রশিক্ষণ ছিল>।
সেতুটি ভেঙেছে এবং {পূর্বাঞ্চলের গোয়েন্দা} [অনুসারে] <তারা নদী পার হয়েছে>।
{মন্ত্রী আন্দ্রেই সাভিন} [বলেছেন], <গম রপ্তানি চলবে>।
{মহাসচিব টমাস ভেরলে} [বলেছেন], <জোট বড় হবে>।
<ভোট পেছানো হলে রাস্তায় নামব>: [হুঁশিয়ারি] {বিরোধী জোটের}
<ন্যূনতম মজুরির> [দাবি] {শ্রমিক ফেডারেশনের}।
{পরিচালক} [বলেন], ‘<সব গেছে। ভেতরে ‘‘বাবু’’ ছিলেন তিনজন, তাঁরা নিয়েছেন ৪ কোটি।>’
"""

WHERE_CONTENT_BEGINS = """
{দলের সভাপতি} জোটের নেতাদের স্বাগত জানিয়ে <তাঁদের দায়িত্বশীল সহযোগী> [উল্লেখ করেন]।
ভোট ঠেকাতে একটি পক্ষ সক্রিয় অভিযোগ করে <এ ব্যাপারে সবাইকে সজাগ থাকার> [আহ্বান জানান] {দলের মুখপাত্র}।
{মন্ত্রী} দেশবাসীর প্রতি <গুজবে কান না দেওয়ার> [আহ্বান জানিয়েছেন]।
{মেয়র} সবাইকে <গাছ লাগানোর> [আহ্বান জানান]।
{উপাচার্য} <হলের আসন বাড়ানোর> দৃঢ় [অঙ্গীকার পুনর্ব্যক্ত করেন]।
<নথি তিন দিনের মধ্যে জমা দিতে> সংশ্লিষ্ট কর্মকর্তাকে [নির্দেশ দেন] {শিক্ষামন্ত্রী}।
{ওসি মাহবুব আলম} <দুজনকে আটকের বিষয়টি> [নিশ্চিত করেছেন]।
<ঘটনার সত্যতা> [নিশ্চিত করে] {ওসি মাহবুব আলম} বলেন, মামলা হচ্ছে।
রাতে {চিকিৎসক} <তাঁর মৃত্যু> [নিশ্চিত করেন]।
{মুখ্যমন্ত্রী} <নিহতদের পরিবারকে ৩ লক্ষ টাকা সাহায্য> [ঘোষণা করেছেন]।
{মহাপরিচালক} <সাত দিনের মধ্যে প্রতিবেদন দিতে> [বলেছেন]।
এবার {তারা} <দ্রুত দোষীদের চিহ্নিত করে গ্রেপ্তারের> [দাবি জানান]।
{উপজেলা বন কর্মকর্তা দিলীপ সরকার} বাদী হয়ে থানায় <বাঁধের মাটি কাটার> [অভিযোগ এনে] মামলা করেন।
বাঁধ ভেঙে বন্যা না কমতেই <আরেক দফা বৃষ্টির> [পূর্বাভাস দিয়েছেন] {আবহাওয়াবিদ রেহানা পারভীন}।
<এক মাসের মধ্যে তালিকা জমা দিতে> পরিকল্পনা কমিশন সচিবকে [নির্দেশ দিয়েছেন] {আদালত}।
{চিকিৎসক} <পানি ফুটিয়ে খাওয়ার> [পরামর্শ দেন]।
"""

OTHER_SHAPES = """
<এই হারকে বড় কিছু> [মনে করছেন] {কোচ}।
<তাঁকে এ পদের জন্য যোগ্য> [মনে করা হচ্ছে]।
{শ্রমিকেরা} ‘<মজুরি চাই, মজুরি দাও’, ‘কাজ চাই, ভাত চাই>’ ইত্যাদি [স্লোগান দেন]।
সভার শেষে সচিবকে [প্রশ্ন করা হয়েছিল], <চুক্তিটি কবে সই হবে>?
{রুলে} <কেন পুকুরটি ভরাটের অনুমতি অবৈধ হবে না>, তা [জানতে চাওয়া হয়েছে]।
<ভোটের তারিখ বদলাবে না> বলে [সাফ জানিয়ে দিয়েছেন] {কমিশনার}।
<নদীটি মরে গেছে> বলে [প্রতিবেদন দেয়] {কমিটি}।
{স্বাস্থ্য দপ্তরের প্রকাশিত বুলেটিন} [অনুযায়ী] <নতুন রোগী ৪০ জন>।
{প্রত্যক্ষদর্শীদের} [বর্ণনা অনুযায়ী], <বাসটি উল্টো পথে চলছিল>।
{সদর দপ্তর থেকে} খুদে বার্তা পাঠিয়ে [বলা হয়], <বিস্তারিত পরে জানানো হবে>।
বিকেলে {ড. নাসরিনের আইনজীবী তপন কুমার সাহা} <এই আদেশকে অপ্রত্যাশিত> বলে [মন্তব্য করেন]।
{কৃষিমন্ত্রী ড. আবদুর রহমান, এমপি} [বলেছেন], <সারের অভাব নেই>।
{চেয়ারম্যান} <ত্রাণের চাল গুদাম থেকে আনার> জন্য [বলেছেন]।
গভীর দুঃখের সঙ্গে [জানাচ্ছি] যে <মেলা এবার হচ্ছে না>।
<পুলিশ কেন নীরব, কেউ কেন মামলা করেনি>?— এমন [প্রশ্ন তোলেন] {বিক্ষোভকারীরা}।
{পুলিশের} প্রাথমিক [অনুমান], <কোনও ভাবে পা পিছলে পড়েছেন ওই শ্রমিক>।
ভিডিওতে {মেয়র জাহিদ হোসেনকে} আরও বলতে [শোনা যায়], ‘<ভোট না দিলে রাস্তা হবে না কারও।>’
{মানববন্ধন থেকে} <সেতু মেরামতের> [দাবি জানানো হয়]।
<সেতু মেরামতের> [দাবি জানানো হয়] {মানববন্ধন থেকে}।
শনিবার বিভিন্ন সূত্রের বরাতে <বিমানটি কোথায় নেমেছে>, [জানিয়েছে] {সংবাদমাধ্যম ইন্ডিয়া টুডে}।
{অনেকেই} <সচিব জাহাঙ্গীর আলমের পদত্যাগ> [দাবি করেছেন]।
এরপর {বাবলুকুমার} [বলেন], ‘<আমি টাকা নিইনি কখনো, নেওয়ার কথাও ভাবিনি।>’
<সেতু দুই দিন বন্ধ থাকবে>। রাতে {সংস্থার এক বিজ্ঞপ্তিতে} তা [জানানো হয়েছে]।
<ভাড়া বাড়ছে জুলাই থেকে>। বৈঠক শেষে এমন সিদ্ধান্তের কথা [জানিয়েছেন] {রেলসচিব}।
<আদা আমদানি বেড়েছে ৫ শতাংশ>। {পরিসংখ্যান ব্যুরো থেকে প্রকাশিত তথ্যে} এ কথা [জানা গেছে]।
{তিনি} [মনে করেন না], <আগামী মাসে চালের দাম কমবে>।
{ভোরের পরিমাপ} [অনুযায়ী], <নদীর পানি বিপৎসীমার ১০ সেন্টিমিটার ওপরে>।
আজ বিকেল সাড়ে চারটার [তথ্য অনুযায়ী], <ফেরিঘাটে ৩০টি ট্রাক অপেক্ষায়>।
রাত ৯টার [হিসাব অনুযায়ী], <আশ্রয়কেন্দ্রে আছেন ২০০ জন>।
২০২২ সালের [তথ্য অনুযায়ী] <উপজেলায় পুকুর আছে ৩ হাজার>।
{মৎস্য দপ্তরের} গত শুক্রবারের [তথ্য অনুযায়ী], <ইলিশ ধরা পড়েছে ৪০ টন>।
{বন বিভাগের} ২০২১ সালের [হিসাব অনুযায়ী] <বনে হাতি আছে ২৬০টি>।
{রবির} [তথ্য অনুযায়ী], <গ্রাহক বেড়েছে ৫ লাখ>।
{দুদকের প্রাথমিক তদন্তে} [বলা হয়], <তাঁর নামে ১৩টি ফ্ল্যাট আছে>।
{রয়টার্সের} [খবর], <হামলায় ১২ জন নিহত হয়েছেন>।
{গাজার স্বাস্থ্য মন্ত্রণালয়ের} [হিসাবে] <নিহত মানুষের সংখ্যা ৪০ হাজার>।
{মা} আক্ষেপ করে [বলেন], <কেউ খোঁজ নেয়নি>।
{শ্রমিকনেতারা} [হুঁশিয়ার করে দিয়েছেন], <দাবি না মানলে হরতাল হবে>।
{বিচারক} [মনে করিয়ে দেন], <আইন সবার জন্য সমান>।
{বিশেষজ্ঞরা} <প্রকল্পটিকে শ্বেতহস্তী> [আখ্যা দেন]।
জিজ্ঞাসাবাদে {তিনি} [স্বীকার করেছেন], <টাকা নিয়েছেন>।
শুনানিতে এসে <নিজেকে নিরপরাধ> [দাবি করেন] {আসামি রফিক মিয়া}।
বক্তব্য দেওয়ার সময় {করিম মোল্লা} <কাউকে ঢুকতে না দেওয়ার> [হুমকি দেন]।
<ছবিগুলো হৃদয় ছুঁয়ে যায়>। প্রদর্শনী ‘আলোর দিন’ দেখতে এসে এ কথা [বলেন] {অধ্যাপক আবদুল করিম}।
<জাহাজটি রোববার বন্দর ছেড়েছে>। {নৌপরিবহন মন্ত্রণালয়ের কর্মকর্তাদের} সঙ্গে কথা বলে এ [তথ্য পাওয়া গেছে]।
<তিনজনের মৃত্যুর> [খবর মিলেছে]।
<শনিবার ঝড় হতে পারে>। {সংস্থাটি} এ আশঙ্কার কথা [জানিয়েছে]।
মুক্তির অনুভূতি জানিয়ে {রফিক} [বলেন], <আজ আমার ঈদ>।
"""

RIGHT = [
    line
    for group in (
        CUE_THEN_CONTENT,
        QUOTED,
        DOCUMENTS,
        CONTENT_THEN_CUE,
        NOUN_PHRASES,
        NOUN_CUES,
        POINTING_BACK,
        ORDERS,
        REPORTS,
        WEST_BENGAL,
        TRANSLATED,
        WHERE_CONTENT_BEGINS,
        OTHER_SHAPES,
    )
    for line in group.strip().splitlines()
]

NOTHING = """
সুবিধাভোগীদের তালিকা অনুযায়ী ২০০ পরিবারকে চাল দেওয়া হয়।
বৃষ্টিতে শহরের নিচু এলাকা ডুবে গেছে।
তিনি সকালে মন্ত্রীর সঙ্গে কথা বলেন।
দুই নেতা দীর্ঘ সময় কথা বলেছেন।
বাঁধ না হওয়ায় এলাকাবাসীর ক্ষোভ বাড়ছে।
মন্ত্রীকে ফুল দিয়ে স্বাগত জানান শিক্ষার্থীরা।
শহীদদের প্রতি শ্রদ্ধা জানিয়েছেন তিনি।
শিশুটি এখনো কথা বলতে শেখেনি।
দলটি গত বছর নতুন কমিটি ঘোষণা করে।
তিনি থানায় মামলা করেন।
চাহিদা অনুযায়ী বই পাওয়া যায়নি।
নিয়ম অনুযায়ী মাঠ ভাগ করা হয়েছে।
তাঁর নতুন উপন্যাসের নাম ‘নদীর কথা’।
‘সবুজ পাতা’ নামের দোকানটি বন্ধ।
সে কারণে স্কুল বন্ধ রাখা হয়েছে।
বাজারে ইলিশের দাম কমেছে বলে ক্রেতা বেড়েছে।
তিনি চিঠি লিখে ডাকে দেন।
মাঠে শিশুরা খেলা করে।
সড়কটি তিন বছর ধরে ভাঙা।
তিনি বিদেশে যাওয়ার জন্য ছুটি নেন।
অভিযোগের তদন্ত চলছে।
দাবি আদায়ে তাঁরা সড়কে বসেন।
আদালতের আদেশে দোকানটি বন্ধ হয়।
প্রশ্নপত্র ছাপা শেষ।
তিনি উদ্বেগ প্রকাশ করেন।
পাখিরা জানান দেয় বসন্ত এসেছে।
গত মাসে তিনি বিদেশ থেকে ফিরেছেন।
বাড়িতে গিয়ে দেখা যায়, দরজায় তালা।
পরীক্ষার ফল প্রকাশ করা হয়েছে।
সভায় উপস্থিত ছিলেন শিক্ষকেরা।
নৌকাটি ঘাটে বাঁধা ছিল।
এলাকায় আতঙ্ক বিরাজ করছে।
বাহিনীটি নতুন ভিডিও প্রকাশ করেছে, যেখানে দেখা যায় আগুন জ্বলছে।
খবর পেয়ে দমকল আসে।
সরকারি হিসাবে টাকা জমা পড়েনি।
আজ সকালে মেঘলা আকাশ, দুপুরে রোদ।
মাসিক হিসাব মেলানো শেষ।
সে অনুযায়ী বাঁধের কাজ শুরু হয়েছে।
সূত্র: রয়টার্স
""".strip().splitlines()

HEADLINES = """
<শহরে পানির দাম বাড়ছে না>: {ওয়াসা}
{মেয়র জাহিদ হোসেন}: <খাল উদ্ধার চলবে>
‘<যে দোষ করিনি, তার শাস্তি পেলাম>’, {রায়ের পর কৃষক আলতাফ মিয়া}
<হাসপাতালে ওষুধ চুরির> [অভিযোগ]
<কারাবন্দীদের মুক্তির> [দাবি] {স্বজনদের}
<আদালতপাড়া দালালমুক্ত করতে> {হাইকোর্টের} [নির্দেশ]
সরে দাঁড়ালেন {জাতীয় পার্টির প্রার্থী}, [জানালেন] <হুমকির কথা>
""".strip().splitlines()

_MARKED = re.compile(r"\{(?P<source>[^}]*)\}|\[(?P<cue>[^]]*)\]|<(?P<content>[^>]*)>")


def marked(line: str) -> tuple[str, dict[str, str]]:
    """The text of a line without its marks, and what is marked."""
    parts: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        kind = str(found.lastgroup)
        parts[kind] = found.group(kind)
        return parts[kind]

    return _MARKED.sub(take, fold_text(line)), parts


def bare(text: str) -> str:
    return text.strip(" ।?!‘’“”,")


def matches(found: Attribution, parts: dict[str, str]) -> bool:
    return (
        (found.source.text if found.source else None) == parts.get("source")
        and (found.cue.text if found.cue else None) == parts.get("cue")
        and bare(" ".join(c.text for c in found.content)) == bare(parts["content"])
    )


def shown(text: str) -> list[tuple[str | None, str | None, list[str], str]]:
    return [
        (a.source.text if a.source else None, a.cue.text if a.cue else None, [c.text for c in a.content], a.rule)
        for a in attributions.read(text)
    ]


@pytest.mark.parametrize("line", RIGHT)
def test_source_cue_and_content(line: str) -> None:
    text, parts = marked(line)
    assert any(matches(found, parts) for found in attributions.read(text)), shown(text)


@pytest.mark.parametrize("line", NOTHING)
def test_no_speech_in_what_the_outlet_says(line: str) -> None:
    assert shown(line) == []


@pytest.mark.parametrize("line", HEADLINES)
def test_headlines(line: str) -> None:
    text, parts = marked(line)
    found = attributions.read(text + "\n\nশহরের খবর।\n")
    source = parts.get("source")
    assert found
    assert bare(found[0].content[0].text) == bare(parts["content"])
    assert (found[0].source is None) == (source is None)
    assert source is None or source.endswith(found[0].source.text if found[0].source else "")


def test_speech_runs_on_to_the_next_speaker() -> None:
    text = "মেয়র জাহিদ হোসেন বলেন, খাল উদ্ধার হবে। আমরা তালিকা করেছি। দখলদারেরা শাস্তি পাবে। ওসি সেলিম রেজা বলেন, পুলিশ থাকবে।"
    rules = [a.rule for a in attributions.read(text)]
    assert rules == [
        "attributions.speech_forward",
        "attributions.continuing",
        "attributions.continuing",
        "attributions.speech_forward",
    ]


@pytest.mark.parametrize(
    ("second", "carried_on"),
    [
        ("ঘটনাস্থলে দুই মোটরসাইকেল পাওয়া যায়।", True),
        ("ঘটনাস্থলে ১০০ টাকার নোট পাওয়া যায়।", True),
        ("ঘটনাস্থলে রাত ৮টায় মোটরসাইকেল পাওয়া যায়।", False),
        ("ঘটনাস্থলে মোটরসাইকেল পাওয়া যায়।", False),
    ],
)
def test_a_doubtful_sentence_is_the_speakers_where_it_counts_something(second: str, carried_on: bool) -> None:
    found = attributions.read("পুলিশ জানায়, চালক পালিয়েছেন। " + second)
    assert [a.rule == "attributions.continuing" for a in found[1:]] == [True] * carried_on


def named(found: Attribution) -> str | None:
    return found.source.text if found.source else None


def test_a_condition_in_front_of_the_source_belongs_to_the_threat() -> None:
    [found] = attributions.read("দাবি না মানা পর্যন্ত তাঁরা রেলপথ বন্ধ রাখার হুঁশিয়ারি দেন।")
    assert [bare(part.text) for part in found.content] == ["দাবি না মানা পর্যন্ত", "রেলপথ বন্ধ রাখার"]
    assert named(found) == "তাঁরা"


def test_what_is_demanded_inside_a_report_is_demanded_by_its_own_subject() -> None:
    told, demanded = attributions.read("ডাকাতেরা স্বজনদের কাছে ২ লাখ টাকা দাবি করে বলে জানান ওসি রফিক মিয়া।")
    assert (named(demanded), named(told)) == ("ডাকাতেরা", "ওসি রফিক মিয়া")


def test_what_strikers_want_is_no_speaker() -> None:
    assert attributions.read("গাজীপুরে শ্রমিকদের সড়ক অবরোধ, চান বকেয়া বেতন\n\nশহরের খবর।\n") == []


def test_the_outlet_takes_the_word_again() -> None:
    text = "পুলিশ জানিয়েছে, চালক আটক।\nএদিকে সকালে বাজারে ভিড় ছিল। দোকান খোলে দেরিতে।"
    assert all(a.rule != "attributions.continuing" for a in attributions.read(text))


def test_a_quotation_over_two_paragraphs_is_one_attribution() -> None:
    text = "কৃষক আলতাফ মিয়া বলেন, ‘আমার জমি নদীতে গেছে। এখন আমি দিনমজুর।\nসরকার কিছু দেয়নি। আমরা কোথায় যাব?’\n"
    found = attributions.read(text)
    assert len(found) == 1
    assert found[0].form == "direct"
    assert [c.text for c in found[0].content][-1].endswith("কোথায় যাব")
    assert len(found[0].content) == 2


def test_an_order_that_points_back_says_nothing_new() -> None:
    found = attributions.read("আদালত তিনজনকে খালাস দিয়েছেন। বিচারক রেহানা পারভীন এ আদেশ দেন। মামলাটি ছিল দশ বছরের।")
    assert [(a.source and a.source.text, [c.text for c in a.content]) for a in found] == [
        ("বিচারক রেহানা পারভীন", ["এ আদেশ"])
    ]


def test_what_the_next_sentence_reports_is_not_reported_twice() -> None:
    text = "মেয়র জাহিদ হোসেন বলেন, খাল উদ্ধার হবে। আমরা কাউকে ছাড় দেব না। এসব কথা বলেন তিনি।"
    found = attributions.read(text)
    assert [a.content[0].text for a in found].count("আমরা কাউকে ছাড় দেব না") == 1


def test_nested_speech_knows_its_chain() -> None:
    text = fold_text("কেন্দ্রীয় ব্যাংক জানায়, ঋণের সুদ কমবে বলে আশা করছেন গভর্নর আহসান হাবিব।")
    inner = next(a for a in attributions.read(text) if a.cue and a.cue.text == fold_text("আশা করছেন"))
    assert inner.source is not None
    assert inner.source.text == fold_text("গভর্নর আহসান হাবিব")
    assert [via.text for via in inner.via] == [fold_text("কেন্দ্রীয় ব্যাংক")]


def test_a_credit_behind_the_sentence_joins_the_chain() -> None:
    found = attributions.read("প্রেসিডেন্ট হুয়ান কার্লোস জানান, সীমান্ত খুলছে। খবর রয়টার্সের।")
    assert [via.text for via in found[0].via] == ["রয়টার্সের"]


def test_the_act_follows_the_cue() -> None:
    acts = {
        "তিনি দাবি করেন, হিসাব ঠিক আছে।": "claim",
        "গ্রামবাসীর অভিযোগ, সেতু ভাঙা।": "accuse",
        "তিনি আশা প্রকাশ করেন, বৃষ্টি থামবে।": "expect",
        "শ্রমিকেরা বকেয়া পরিশোধের দাবি জানান।": "demand",
        "তিনি বলেন, কাজ শেষ।": "state",
        "মুখ্যমন্ত্রী নিহতদের পরিবারকে ৩ লক্ষ টাকা সাহায্য ঘোষণা করেছেন।": "promise",
    }
    assert {text: attributions.read(text)[0].act for text in acts} == acts


def test_the_addressee_is_no_part_of_the_source() -> None:
    found = attributions.read("ওসি সেলিম রেজা প্রথম আলোকে বলেন, তদন্ত চলছে।")[0]
    assert found.to is not None
    assert found.to.text == "প্রথম আলোকে"
    assert found.source is not None
    assert found.source.text == "ওসি সেলিম রেজা"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("পুলিশ জানায়, দুজন আটক।", "organisation"),
        ("মেয়র জাহিদ হোসেন বলেন, কাজ শেষ।", "person"),
        ("আবেদনে বলা হয়, আসামি পলাতক।", "document"),
        ("স্থানীয় বাসিন্দারা জানান, পানি বাড়ছে।", "unnamed"),
        ("এক কর্মকর্তা বলেন, নথি নেই।", "unnamed"),
    ],
)
def test_what_kind_of_source(text: str, kind: str) -> None:
    assert attributions.read(text)[0].source_type == kind


def test_both_ways_of_writing_nukta_letters_read_alike() -> None:
    composed = fold_text("আবহাওয়া অধিদপ্তর জানিয়েছে, রাতে ঝড় হতে পারে।")
    decomposed = composed.replace("\u09df", "\u09af\u09bc").replace("\u09dc", "\u09a1\u09bc")
    one, two = attributions.read(composed), attributions.read(decomposed)
    assert [fold_text(a.content[0].text) for a in two] == [a.content[0].text for a in one]
    assert all(decomposed[a.content[0].start : a.content[0].end] == a.content[0].text for a in two)


def test_an_unclosed_quotation_does_not_swallow_the_article() -> None:
    text = "তিনি বলেন, ‘কাজ শেষ হয়েছে। পরে মেয়র জাহিদ হোসেন বলেন, পানি কমেছে।\n" * 3
    assert len(attributions.read(text)) >= 3


def test_every_rule_says_why() -> None:
    from dabi.bengali.attributions.units import parts_of
    from dabi.bengali.script import fold

    for line in RIGHT:
        for mention in attributions.find(parts_of(fold(marked(line)[0]))):
            assert mention.trace.rule.startswith("attributions.")
            assert any(step.startswith("content") or "no cue" in step for step in mention.trace.steps)
            assert any(step.startswith("speaker") for step in mention.trace.steps)


def test_an_impersonal_guess_inside_a_statement_stays_with_its_source() -> None:
    found = attributions.read("পরিবেশ অধিদপ্তর জানায়, নদীতে বর্জ্য পড়ছে দিনে ২০ টন বলে ধারণা করা হচ্ছে।")
    assert [(a.source.text if a.source else None, a.act) for a in found] == [("পরিবেশ অধিদপ্তর", "expect")]


def test_translated_word_order() -> None:
    found = attributions.read("দুই দেশ আলোচনায় ফিরবে, রোববার রাষ্ট্রীয় গণমাধ্যম জানিয়েছে।")[0]
    assert found.source is not None
    assert fold_text(found.source.text) == fold_text("রাষ্ট্রীয় গণমাধ্যম")
    assert fold_text(found.content[0].text) == fold_text("দুই দেশ আলোচনায় ফিরবে")


def only(text: str) -> Attribution:
    (found,) = attributions.read(text)
    return found


def texts(*spans: object) -> list[str]:
    return [fold_text(span.text) for span in spans]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("সিএনএন দুজন কূটনীতিকের বরাত দিয়ে জানিয়েছে, বৈঠক হয়নি।", "সিএনএন", "দুজন কূটনীতিকের"),
        ("লঞ্চটিতে ৬০ জন ছিলেন বলে যাত্রীদের বরাত দিয়ে জানিয়েছে এএফপি।", "এএফপি", "যাত্রীদের"),
        ("প্রধানমন্ত্রীকে উদ্ধৃত করে এপি জানায়, কর কমবে।", "এপি", "প্রধানমন্ত্রীকে"),
    ],
)
def test_who_is_reported_at_second_hand_joins_the_chain(text: str, source: str, via: str) -> None:
    found = only(text)
    assert texts(found.source, *found.via) == [fold_text(source), fold_text(via)]


def test_what_is_said_ends_before_who_reports_it() -> None:
    outer, inner = attributions.read("মেয়র জাহিদ হোসেন বলেছেন খাল দুটি খনন করা হবে, রোববার রাষ্ট্রীয় গণমাধ্যম জানিয়েছে।")
    assert texts(inner.content[0], *inner.via) == texts_of("খাল দুটি খনন করা হবে", "রাষ্ট্রীয় গণমাধ্যম")
    assert texts(outer.content[0]) == texts_of("মেয়র জাহিদ হোসেন বলেছেন খাল দুটি খনন করা হবে")


def texts_of(*pieces: str) -> list[str]:
    return [fold_text(piece) for piece in pieces]


def test_a_report_that_goes_on_behind_its_quotation_is_mixed() -> None:
    found = only("কোচ ডেভিড স্মিথ বলেছেন “আমরা সেরা দল নিয়ে এসেছি” এবং সামনে আরও তিনটি ম্যাচ জেতা উচিত।")
    assert found.form == "mixed"
    assert found.content[0].text.endswith("উচিত")


def test_words_in_quotation_marks_inside_a_report_make_it_mixed() -> None:
    assert only("পুলিশ জানিয়েছে, লোকটি ‘কিছুই মনে নেই’ বলে থানায় এসেছিল।").form == "mixed"
    assert only("পুলিশ জানিয়েছে, লোকটি থানায় এসেছিল।").form == "indirect"


def test_to_whom_a_document_was_handed() -> None:
    found = only("এক সংসদ সদস্যকে জমা দেওয়া সংস্থার প্রতিবেদনে বলা হয়েছে, মজুত ২০ টন।")
    assert texts(found.source, found.to) == texts_of("সংস্থার প্রতিবেদনে", "এক সংসদ সদস্যকে")


@pytest.mark.parametrize(
    "text",
    [
        "অধিদপ্তরের মুখপাত্র জানান, মজুত বেড়েছে। তবে কোম্পানিটি কোনো মন্তব্য করেনি।",
        "মন্ত্রী বলেন, সেতু হবে। এ প্রতিবেদন লেখা পর্যন্ত কাজ শুরু হয়নি।",
        "ওসি জানান, একজন আটক। উল্লেখ্য, গত বছর এখানে ডাকাতি হয়।",
    ],
)
def test_the_outlet_speaks_of_its_own_work(text: str) -> None:
    assert len(attributions.read(text)) == 1


def test_a_meeting_is_not_what_was_said_in_it() -> None:
    found = attributions.read("আজ সংবাদ সম্মেলনের আয়োজন করে সমিতি। সেখানে এসব তথ্য তুলে ধরা হয়।")
    assert all("আয়োজন" not in fold_text(c.text) for a in found for c in a.content)
