"""Which addresses are asked for and connected to."""

from __future__ import annotations

import pytest

from dabi.gathering.addresses import AddressRefused, closed, literal, web_address, without_credentials

PUBLIC = [
    "93.184.215.14",
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.0",
    "172.32.0.1",
    "192.169.0.1",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "::ffff:93.184.215.14",
    "64:ff9b::5db8:d70e",  # 93.184.215.14 seen from an IPv6-only network
    "2002:5db8:d70e::1",
]
CLOSED = [
    ("127.0.0.1", "this machine"),
    ("127.255.255.254", "this machine"),
    ("0.0.0.0", "unspecified"),
    ("10.1.2.3", "private"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.168.1.1", "private"),
    ("100.64.0.1", "inner network"),
    ("100.100.100.200", "inner network"),  # a cloud's metadata
    ("169.254.169.254", "metadata"),
    ("168.63.129.16", "metadata"),
    ("192.0.0.192", "reserved"),
    ("192.0.2.1", "documentation"),
    ("198.18.0.1", "measurements"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.255", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    ("::", "unspecified"),
    ("::1", "this machine"),
    ("fe80::1", "link-local"),
    ("fe80::1%eth0", "link-local"),
    ("fd00:ec2::254", "private"),
    ("fc00::1", "private"),
    ("fec0::1", "private"),
    ("ff02::1", "multicast"),
    ("2001:db8::1", "documentation"),
    ("::ffff:127.0.0.1", "this machine"),
    ("::ffff:169.254.169.254", "metadata"),
    ("::127.0.0.1", "reserved"),
    ("64:ff9b::7f00:1", "this machine"),
    ("64:ff9b::a9fe:a9fe", "metadata"),
    ("64:ff9b:1::1", "private"),
    ("2002:7f00:1::", "this machine"),
    ("2002:a9fe:a9fe::1", "metadata"),
    ("2001:0:7f00:1::", "this machine"),  # Teredo: its server
    ("2001:0:5db8:d70e:0:0:80ff:fffe", "this machine"),  # Teredo: its client, 127.0.0.1 with its bits turned over
    ("2606:4700::5efe:10.0.0.1", "private"),  # ISATAP
    ("4000::1", "reserved"),
    ("nonsense", "no address"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_open(address: str) -> None:
    assert closed(address) is None


@pytest.mark.parametrize(("address", "what"), CLOSED)
def test_what_is_not_public_is_closed(address: str, what: str) -> None:
    assert what in (closed(address) or "open")


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0177.0.0.01", "127.0.0.1"),
        ("10.0.257", "10.0.1.1"),
        ("169.254.169.254.", "169.254.169.254"),
        ("::1", "::1"),
        ("[::ffff:10.0.0.1]", "::ffff:a00:1"),
    ],
)
def test_an_address_is_the_same_however_it_is_spelled(host: str, meant: str) -> None:
    assert str(literal(host)) == meant


@pytest.mark.parametrize(
    "host", ["news.example", "0x7f.example", "xn--54b7fta0cc", "_dmarc.example", "1.2.3.4.example"]
)
def test_names_are_no_addresses(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize(
    "host",
    ["1.2.3.4.5", "256.1.1.1", "0x", "example.1", "09.0.0.1", "fe80::1%eth0", ":::", "a..b", "-a.example", "a b"],
)
def test_hosts_that_are_neither(host: str) -> None:
    with pytest.raises(AddressRefused):
        literal(host)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (" HTTPS://News.Example/a?b=c#d ", "https://news.example/a?b=c"),
        ("http://news.example:80", "http://news.example"),
        ("https://খবর.বাংলা/নদী ভাঙন", "https://xn--q5b8bm.xn--54b7fta0cc/"
         "%E0%A6%A8%E0%A6%A6%E0%A7%80%20%E0%A6%AD%E0%A6%BE%E0%A6%99%E0%A6%A8"),
        ("http://news.example\\@127.0.0.1/", None),
        ("http://me:secret@news.example/", None),
        ("http://me@news.example/", None),
        ("ftp://news.example/a", None),
        ("file:///etc/passwd", None),
        ("gopher://127.0.0.1:6379/_x", None),
        ("//news.example/", None),
        ("http://", None),
        ("http:///a", None),
        ("http://[::1", None),
        ("http://[fe80::1%25eth0]/", None),
        ("http://①②⑦.⓪.⓪.①/", None),
        ("http://news.example:0/", None),
        ("http://news.example:99999/", None),
        ("http://a..example/", None),
        ("http://news.example/\x00", None),
        ("http://news.example/" + "a" * 5000, None),
    ],
)  # fmt: skip
def test_only_web_addresses_are_asked_for(url: str, asked: str | None) -> None:
    if asked is None:
        with pytest.raises(AddressRefused):
            web_address(url)
    else:
        assert str(web_address(url)) == asked


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:secret@news.example/a", "https://news.example/a"),
        ("https://me:se@cret@news.example:8443/a@b", "https://news.example:8443/a@b"),
        ("https://me:secret@[::1/", "https://[::1/"),
        ("https://news.example/@me", "https://news.example/@me"),
        ("nothing", "nothing"),
    ],
)
def test_no_address_is_shown_with_its_password(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
