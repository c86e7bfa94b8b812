"""Whether the verb that follows a time looks ahead or back."""

from __future__ import annotations

from ..lexicon import words_of

_ENDS = frozenset({"।", "?", "!", "\n"})
_FUTURE_ENDINGS = ("বে", "বেন", "বেই", "বেও")
_FUTURE = words_of("future_words.tsv", "word")
_NOT_FUTURE = frozenset(
    {"হিসেবে", "হিসাবে", "তবে", "সবে", "ভাবে", "নবে", "স্বভাবে", "অভাবে", "প্রভাবে", "উৎসবে", "বিপ্লবে", "ক্লাবে", "গুজবে"}
)
_PAST_ENDINGS = ("েছে", "েছেন", "লেন", "লাম", "ছিল", "েছি", "তেন", "েনি", "েননি", "য়নি")
_PAST = frozenset(
    {"হয়", "করেন", "বলেন", "জানান", "যায়", "যান", "হন", "জানায়", "ঘটে", "দেয়", "দেন", "নেন", "পান", "হলো", "হল", "গেল"}
)
_REACH = 60  # tokens: no verb governs a time from farther away, and long lines stay linear


def tense_after(words: list[str], i: int) -> str:
    """future, past or "" by the first finite verb after token i in its sentence."""
    for word in words[i : i + _REACH]:
        if word in _ENDS:
            break
        if word in _FUTURE:
            return "future"
        if word.endswith(_FUTURE_ENDINGS) and not word.endswith("ভাবে") and word not in _NOT_FUTURE:
            return "future"
        if word in _PAST or word.endswith(_PAST_ENDINGS):
            return "past"
    return ""
