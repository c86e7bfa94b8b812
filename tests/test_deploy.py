"""What deploy/ holds is what systemd, the proxies and dabi itself understand."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import httpx
import pytest
import typer

import postgres
from bulk_add import nth
from cli.test_serve import TOKENS, WRITE, serving
from dabi.cli.commands import app
from dabi.ledger import LedgerReadOnly, open_ledger
from dabi.ledger.engine import location
from postgres import Server

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
DABI = "/opt/dabi/venv/bin/dabi"
NAME = "desk.example.org"


def names(units: list[Path]) -> list[str]:
    return [unit.name for unit in units]


def read(unit: Path) -> configparser.ConfigParser:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit.read_text("utf-8"))
    return parser


@pytest.mark.parametrize("unit", UNITS, ids=names(UNITS))
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not here")
    for one in UNITS:
        (tmp_path / one.name).write_text(one.read_text("utf-8").replace(DABI, "/bin/true"))
    command = ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line or unit.name in line]
    assert ours == []


@pytest.mark.parametrize("unit", SERVICES, ids=names(SERVICES))
def test_services_can_do_little_harm(unit: Path) -> None:
    service = read(unit)["Service"]
    wanted = {"User": "dabi", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes"}
    assert {name: service.get(name) for name in wanted} == wanted
    assert service["CapabilityBoundingSet"] == ""
    assert service["UMask"] == "0077"


@pytest.mark.parametrize("unit", SERVICES, ids=names(SERVICES))
def test_dabi_understands_what_services_run(unit: Path) -> None:
    command = read(unit)["Service"]["ExecStart"].replace("%%", "%")
    words = shlex.split(command)
    if words[:2] == ["/bin/sh", "-c"]:
        words = shlex.split(words[2])[1:]
    assert words[0] == DABI
    from dabi.cli import backup, gather, serve  # noqa: F401  # they add their commands

    group = typer.main.get_command(app)
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    asked = group.commands[words[1]]
    asked.make_context(words[1], words[2:])  # raises for an option there is not


def test_each_timer_has_its_service() -> None:
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    assert timers
    for timer in timers:
        assert timer.with_suffix(".service") in SERVICES
        assert read(timer)["Install"]["WantedBy"] == "timers.target"


def test_the_settings_are_ones_that_dabi_reads() -> None:
    lines = [line for line in (DEPLOY / "dabi.env").read_text("utf-8").splitlines() if not line.startswith("#")]
    given = dict(line.split("=", 1) for line in lines)
    assert list(given) == ["DABI_DB", "DABI_READ_TOKEN", "DABI_WRITE_TOKEN"]
    url = location(given["DABI_DB"])
    assert (url.username, url.database, url.query["host"]) == ("dabi", "dabi", "/run/postgresql")


def test_the_guide_names_every_file() -> None:
    guide = (DEPLOY.parent / "docs" / "deploy.md").read_text("utf-8")
    for file in DEPLOY.iterdir():
        assert f"../deploy/{file.name}" in guide


def test_the_roles_of_the_guide_own_and_read(server: Server) -> None:
    """The statements as they stand in the guide, under other names; then the ledger made by the one, read by the
    other."""
    guide = (DEPLOY.parent / "docs" / "deploy.md").read_text("utf-8")
    (block,) = re.findall(r"<<'SQL'\n(.*?)\n    SQL\n", guide, re.DOTALL)
    statements = "\n".join(line.strip() for line in block.splitlines()).replace("dabi", "newsroom")
    place = postgres.binaries()
    assert place is not None
    command = [place / "psql", "--set=ON_ERROR_STOP=1", "--quiet", "--dbname", server.url("postgres")]
    subprocess.run(command, input=statements, text=True, check=True, capture_output=True)
    owner = server.url("newsroom").replace("dabi@", "newsroom@")
    with open_ledger(owner) as ledger:
        assert ledger.writable
        ledger.add(*nth(0), extractor="1")
    with open_ledger(owner.replace("newsroom@", "newsroom_reader@")) as reader:
        assert not reader.writable
        assert reader.text("a0") == nth(0)[0].text
        with pytest.raises(LedgerReadOnly):
            reader.add(*nth(1), extractor="1")


# The proxies, with a desk behind them


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str | Path, port: int, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment or None)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                pytest.fail(process.communicate()[0].decode())
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=30)


@contextmanager
def nginx(desk: int, folder: Path) -> Iterator[int]:
    if shutil.which("nginx") is None or shutil.which("openssl") is None:
        pytest.skip("nginx is not here")
    plain, port = free_port(), free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ("-subj", f"/CN={NAME}", "-keyout", str(key), "-out", str(certificate))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *subject],
        check=True,
        capture_output=True,
    )
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    site = re.sub(r"listen \[::\]:\d+[^;]*;\n", "", site).replace("listen 80;", f"listen 127.0.0.1:{plain};")
    site = site.replace("listen 443 ", f"listen 127.0.0.1:{port} ").replace("127.0.0.1:8765", f"127.0.0.1:{desk}")
    site = re.sub(r"/etc/letsencrypt/live/\S+/fullchain.pem", str(certificate), site)
    site = re.sub(r"/etc/letsencrypt/live/\S+/privkey.pem", str(key), site)
    paths = "".join(
        f"{name}_temp_path {folder / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off;\nmaster_process off;\npid {folder / 'pid'};\nerror_log stderr;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{paths}{site}}}\n"
    )
    checked = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with running("nginx", "-c", whole, port=port):
        yield port


@contextmanager
def caddy(desk: int, folder: Path) -> Iterator[int]:
    if shutil.which("caddy") is None:
        pytest.skip("Caddy is not here")
    port = free_port()
    site = (DEPLOY / "Caddyfile").read_text("utf-8")
    site = site.replace(f"{NAME} {{\n", f"https://{NAME}:{port} {{\n\ttls internal\n", 1)
    site = site.replace("127.0.0.1:8765", f"127.0.0.1:{desk}").replace("/var/log/caddy", str(folder))
    options = "{\n\tskip_install_trust\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    whole = folder / "Caddyfile"
    whole.write_text(options + site)
    with running("caddy", "run", "--config", whole, port=port, HOME=str(folder), XDG_DATA_HOME=str(folder)):
        yield port


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_visitors_come_through_the_proxy(proxy: Callable[[int, Path], Iterator[int]], tmp_path: Path) -> None:
    start = ("--db", str(tmp_path / "l.db"), "--behind-proxy", "--name", NAME)
    with serving(*start, **TOKENS) as address, proxy(int(address.rstrip("/").rpartition(":")[2]), tmp_path) as port:
        base, sni = f"https://127.0.0.1:{port}", {"sni_hostname": NAME}
        headers = {"Host": f"{NAME}:{port}"}
        with httpx.Client(base_url=base, verify=False, headers=headers) as client:
            for _ in range(100):  # a certificate of its own takes a moment
                try:
                    entered = client.post("/enter", data={"access": WRITE}, extensions=sni)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            assert entered.status_code == 303
            cookie = entered.headers["set-cookie"]
            assert "Secure" in cookie
            headers |= {"Cookie": cookie.partition(";")[0]}
            page = client.get("/add", headers=headers, extensions=sni)
            assert page.headers["strict-transport-security"].startswith("max-age=")
            token = re.findall(r'name="token" value="(\w+)"', page.text)[0]
            told = {"token": token, "text": "আগুনে ১২ জন নিহত হয়েছেন।", "published": "2025-03-04"}
            kept = client.post("/add", data=told, headers=headers | {"Origin": f"{base}"}, extensions=sni)
            assert kept.status_code == 403  # from another site, as its name says
            kept = client.post(
                "/add", data=told, headers=headers | {"Origin": f"https://{NAME}:{port}"}, extensions=sni
            )
            assert kept.status_code == 200
            # Who says to be somebody else each time is still one visitor.
            claims = [{"X-Forwarded-For": f"192.0.2.{n}"} for n in range(125)]
            answers = [client.post("/leave", headers=headers | claim, extensions=sni).status_code for claim in claims]
            assert 429 in answers
