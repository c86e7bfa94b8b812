"""The words of the interface, in English and Bengali (gettext; `locale/bn/LC_MESSAGES/desk.po`)."""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import as_file, files

from ..export.wording import Language

DOMAIN = "desk"


def N_(message: str) -> str:
    """Marks a message that is translated where it is shown."""
    return message


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The messages of a language; English is what stands in the code and the templates."""
    if language == "en":
        return gettext.NullTranslations()
    with as_file(files(__package__) / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.mo") as path:
        return gettext.GNUTranslations(path.open("rb"))
