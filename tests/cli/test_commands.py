"""`dabi` as people run it: a process of its own, with its streams and its exit status."""

from __future__ import annotations

import json
import os
import pty
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"
DABI = [sys.executable, "-c", "from dabi.cli import main; main()"]
FLOOD = "বন্যায় অন্তত ২৩ জনের মৃত্যু হয়েছে বলে জানিয়েছে জেলা প্রশাসন।"


def dabi(*arguments: str | Path, given: bytes | None = None, **settings: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONDONTWRITEBYTECODE": "", **settings}
    command = [*DABI, *map(str, arguments)]
    return subprocess.run(command, input=given or b"", capture_output=True, env=environment, timeout=60, check=False)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(FLOOD, encoding="utf-8")
    return path


def test_into_a_pipe_one_line_of_json_for_each_article_with_its_text(report: Path) -> None:
    done = dabi("read", report, EXAMPLES / "flood-bulletin.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = lines(done)
    assert first["id"] == "report"
    assert second["id"] == "flood-bulletin"
    assert first["text"] == FLOOD
    (quantity,) = first["quantities"]
    assert (quantity["low"], quantity["high"], quantity["hedge"]) == (23, None, "at_least")


def test_json_is_one_array(report: Path) -> None:
    done = dabi("read", report, report, "--format", "json")
    assert [analysis["text"] for analysis in json.loads(done.stdout)] == [FLOOD, FLOOD]
    assert json.loads(dabi("read", "missing.txt", "--format", "json").stdout) == []


def test_standard_input(report: Path) -> None:
    assert lines(dabi("read", "-", given=FLOOD.encode()))[0]["text"] == FLOOD


def test_lines_of_json_keep_their_order_and_ids() -> None:
    given = [{"id": f"n{i}", "text": f"{i} জন আহত হয়েছেন।", "published": "2025-01-01"} for i in range(2, 30)]
    source = "\n".join(json.dumps(line, ensure_ascii=False) for line in given).encode()
    done = dabi("read", "--input", "jsonl", "-", given=source)
    assert done.returncode == 0
    assert [(a["id"], a["quantities"][0]["low"]) for a in lines(done)] == [(f"n{i}", i) for i in range(2, 30)]


def test_streams_answer_line_by_line() -> None:
    line = json.dumps({"id": "a", "text": FLOOD}).encode() + b"\n"
    command = [*DABI, "read", "--input", "jsonl", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write(line * 2)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == "a"
        process.stdin.close()
        process.stdout.read()


def test_the_given_date_wins_and_resolves() -> None:
    text = "গতকাল ২০ জন আহত হয়েছেন।".encode()
    (unknown,) = lines(dabi("read", "-", given=text))
    assert unknown["times"][0]["edtf"] is None
    assert unknown["times"][0]["unresolved"]
    (known,) = lines(dabi("read", "-", "--published", "2024-11-30", given=text))
    assert known["times"][0]["edtf"] == "2024-11-29"
    assert known["article"]["published_by"] == "caller"


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "x.txt", "--published", "yesterday"],
        ["read", "x.txt", "--format", "xml"],
        ["read", "x.txt", "--input", "pdf"],
        ["read", "x.txt", "--output", "no/such/folder/out.html"],
        ["read", "x.txt", "--output", "claims.csv"],
        ["reed", "x.txt"],
        ["--no-such-option"],
    ],
)
def test_wrong_use_exits_with_two_and_writes_no_data(arguments: list[str]) -> None:
    done = dabi(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Usage:" in done.stderr
    assert b"Traceback" not in done.stderr


def test_what_cannot_be_read_is_told_and_the_rest_is_read(report: Path, tmp_path: Path) -> None:
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    empty = tmp_path / "empty.txt"
    empty.touch()
    folder = tmp_path / "folder"
    folder.mkdir()
    done = dabi("read", tmp_path / "missing.txt", picture, report, empty, folder)
    assert done.returncode == 1
    assert [analysis["text"] for analysis in lines(done)] == [FLOOD]
    told = done.stderr.decode()
    for name in ("missing.txt", "picture.txt", "empty.txt", "folder"):
        assert name in told
    assert "1 read, 4 could not be read" in told
    assert "Traceback" not in told


def test_utf16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_text(FLOOD, encoding="utf-16")
    assert lines(dabi("read", path))[0]["quantities"][0]["low"] == 23


def test_a_page_is_written_where_its_name_says(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "claims.html"
    done = dabi("read", report, "--output", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_is_read_is_not_written_over(report: Path) -> None:
    assert dabi("read", report, "--output", report).returncode == 2
    assert report.read_text(encoding="utf-8") == FLOOD


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("form", ["jsonl", "table", "html"])
def test_a_full_disk_is_told_in_a_line(report: Path, form: str) -> None:
    with open("/dev/full", "wb") as full:
        command = [*DABI, "read", str(report), "--format", form]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    told = "dabi: what was found cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr.decode()) == (1, told)


def test_the_table_marks_the_figure_and_words_the_hedge(report: Path) -> None:
    english = dabi("read", report, "--format", "table").stdout.decode()
    assert "at least 23" in english
    assert "«অন্তত ২৩ জনের»" in english
    bengali = dabi("read", report, "--format", "table", "--lang", "bn").stdout.decode()
    assert "অন্তত ২৩" in bengali
    assert dabi("read", report, "--format", "table", DABI_LANG="bn").stdout.decode() == bengali


def test_output_is_utf8_whatever_the_locale(report: Path) -> None:
    done = dabi("read", report, "--format", "table", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "মৃত্যু" in done.stdout.decode()


def test_on_a_terminal_a_table_is_shown(report: Path) -> None:
    controller, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    with subprocess.Popen([*DABI, "read", str(report)], stdout=terminal, env=environment) as process:
        os.close(terminal)
        shown = b""
        while True:
            try:
                block = os.read(controller, 65536)
            except OSError:  # the other side is closed
                break
            if not block:
                break
            shown += block
    os.close(controller)
    assert process.returncode == 0
    assert "at least 23" in shown.decode()
    assert "\x1b[1;4mঅন্তত ২৩ জনের" in shown.decode()


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_a_reader_that_goes_away_is_no_failure(form: str) -> None:
    source = (json.dumps({"text": FLOOD}) + "\n").encode() * 2000
    with subprocess.Popen(
        [*DABI, "read", "--input", "jsonl", "--format", form, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, told = process.communicate(source)
    assert told == b""
    assert process.returncode == 0


def test_explain_names_rule_words_and_steps(report: Path) -> None:
    told = dabi("explain", report).stdout.decode()
    assert "rule: quantities." in told
    assert "hedges.tsv: অন্তত" in told
    assert "rule: attributions." in told


def test_help_shows_examples_and_the_version_is_that_of_the_package() -> None:
    import tomllib

    assert "Examples:\n    dabi read report.txt\n" in dabi("read", "--help").stdout.decode()
    assert "Examples:" in dabi("explain", "--help").stdout.decode()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert dabi("--version").stdout.decode() == f"dabi {version}\n"


def test_the_list_of_commands_cuts_no_summary_short() -> None:
    _, _, listed = dabi("--help").stdout.decode().partition("Commands:")
    assert "read " in listed
    assert "..." not in listed


def test_starting_loads_nothing_heavy(report: Path) -> None:
    heavy = "lxml", "trafilatura", "charset_normalizer", "sqlalchemy", "alembic", "rich"
    code = (
        "import sys\nfrom dabi.cli.commands import app\n"
        f"app(['read', {str(report)!r}, '--format', 'jsonl'], standalone_mode=False)\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_starting_takes_little(report: Path) -> None:
    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        dabi("read", report)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    # Processor time, since other work on the machine stretches the time on the clock.
    assert min(seconds() for _ in range(5)) < 0.6


def test_the_module_is_the_command() -> None:
    def told(*command: str) -> tuple[int, bytes, bytes]:
        done = subprocess.run([*command, "read", "no such file"], capture_output=True, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    assert told(sys.executable, "-m", "dabi") == told(*DABI)
    done = subprocess.run([sys.executable, "-m", "dabi", "--help"], capture_output=True, timeout=60, check=True)
    assert done.stdout.startswith(b"Usage: dabi ")
