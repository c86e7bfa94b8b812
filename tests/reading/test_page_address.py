"""One page, one address."""

from __future__ import annotations

import pytest

from dabi.reading.page_address import page_address


@pytest.mark.parametrize(
    ("given", "known_as"),
    [
        ("https://Ujan.Example/khobor/17", "https://ujan.example/khobor/17"),
        ("https://ujan.example", "https://ujan.example/"),
        ("https://ujan.example:443/khobor/17#comments", "https://ujan.example/khobor/17"),
        ("http://ujan.example:8080/khobor", "http://ujan.example:8080/khobor"),
        ("https://reader:secret@ujan.example/khobor", "https://ujan.example/khobor"),
        ("https://ujan.example/khobor?id=17&utm_source=rss&fbclid=x", "https://ujan.example/khobor?id=17"),
        ("https://ujan.example/khobor?id=%E0%A6%95&p=", "https://ujan.example/khobor?id=%E0%A6%95&p="),
        ("http://[::1]:80/khobor", "http://[::1]/khobor"),
        ("/home/reader/khobor.html", "/home/reader/khobor.html"),
    ],
)
def test_a_page_has_one_address(given: str, known_as: str) -> None:
    assert page_address(given) == known_as


def test_an_address_known_is_known_again() -> None:
    once = page_address("https://ujan.example/খবর?নং=৭&utm_medium=feed")
    assert page_address(once) == once


@pytest.mark.parametrize("given", ["https://", "http:///khobor", "https://ujan.example:port/"])
def test_what_has_no_host_or_port_is_no_address(given: str) -> None:
    with pytest.raises(ValueError, match=r"host|[Pp]ort"):
        page_address(given)
