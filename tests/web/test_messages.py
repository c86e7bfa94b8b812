"""The words of the interface: gathered, translated, compiled."""

from __future__ import annotations

import importlib.util
import re
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    found = importlib.util.spec_from_file_location("messages", ROOT / "docs" / "messages.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_message_is_in_the_catalogue_and_no_other(messages: ModuleType) -> None:
    kept = {message.id for message in read_po(BytesIO(messages.PO.read_bytes()), locale="bn") if message.id}
    assert kept == {message.id for message in messages.extracted() if message.id}, "run `make messages`"
    assert len(kept) > 200


def test_every_message_is_translated_with_its_parts(messages: ModuleType) -> None:
    catalogue = read_po(BytesIO(messages.PO.read_bytes()), locale="bn")
    assert messages.untranslated(catalogue) == []
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            parts = r"\{\w+\}|%\(\w+\)s"
            assert sorted(re.findall(parts, message.id)) == sorted(re.findall(parts, message.string)), message.id
            assert not message.fuzzy


def test_the_compiled_catalogue_is_that_one(messages: ModuleType) -> None:
    kept = read_po(BytesIO(messages.PO.read_bytes()), locale="bn")
    with messages.MO.open("rb") as file:
        compiled = read_mo(file)

    def words(catalogue: Catalog) -> dict[str, str]:
        return {str(tuple(m.id)): str(tuple(m.string)) for m in catalogue if m.id}

    assert words(compiled) == words(kept), "run `make messages`"
