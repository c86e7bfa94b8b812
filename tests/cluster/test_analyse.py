"""`dabi cluster analyse` and `load`: the same articles as on one machine, under their days, once, and into a ledger."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

parquet = pytest.importorskip("pyarrow.parquet")

import dabi.cli.cluster  # noqa: E402, F401  # adds its commands
import news_lines  # noqa: E402
import web_archive  # noqa: E402
from dabi.cli.commands import app  # noqa: E402
from dabi.cluster.analyse import Different, Progress, Refused, Summary, analyse  # noqa: E402
from dabi.cluster.columns import analysis_of, day_of  # noqa: E402
from dabi.cluster.layout import Folder  # noqa: E402
from dabi.cluster.load import in_order, load  # noqa: E402
from dabi.cluster.session import ClusterError  # noqa: E402
from dabi.ledger import Added, Ledger, open_ledger  # noqa: E402
from dabi.model import Analysis  # noqa: E402
from dabi.service import Failure, read_reports  # noqa: E402
from dabi.service.ledger import add_reports, reader_version  # noqa: E402

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXAMPLES = str(Path(__file__).resolve().parents[2] / "examples")
BAD = ['{"id": "bad", "text": ""}\n', "{broken\n", '{"id": "kills", "text": "DIE-NOW ৫ জন নিহত"}\n']


class Run:
    """A finished run over the examples, generated articles and what cannot be read."""

    def __init__(self, spark: SparkSession, place: Path) -> None:
        self.spark = spark
        lines = news_lines.written(place / "news.jsonl", 300)
        with open(lines, "a", encoding="utf-8") as file:
            file.writelines(BAD)
        archive, packed = place / "crawl.warc.gz", place / "more.jsonl.gz"
        again = web_archive.capture(0, date="2025-06-25T05:30:00Z")
        changed = web_archive.capture(1, web_archive.BENGALI + "<p>আহত আরও ৪১ জন।</p>", date="2025-06-25T05:30:00Z")
        pages = [web_archive.info(), *map(web_archive.capture, range(5)), again, changed]
        archive.write_bytes(web_archive.gzipped(pages))
        packed.write_bytes(gzip.compress("".join(news_lines.lines(20)).encode()))
        self.paths = [EXAMPLES, lines, str(place / "missing.txt"), str(archive), f"file://{packed}"]
        self.output = str(place / "out")
        self.told: list[Progress] = []
        self.summary = analyse(self.paths, self.output, self.session, shard_bytes=40_000, progress=self.told.append)
        self.folder = Folder(self.output)

    def session(self) -> AbstractContextManager[SparkSession]:
        return nullcontext(self.spark)

    def files(self) -> list[Path]:
        return sorted(Path(self.output, "articles").rglob("*.parquet"))


@pytest.fixture(scope="module")
def run(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(spark, tmp_path_factory.mktemp("cluster"))


@contextmanager
def no_session() -> Iterator[SparkSession]:
    pytest.fail("there was nothing to do, but the engine was started")
    yield


def errors(folder: Folder) -> list[dict[str, Any]]:
    return list(parquet.read_table(folder.path("errors")).to_pylist())


def test_the_articles_are_those_of_dabi_read_in_the_same_order(run: Run) -> None:
    expected = [found for found in read_reports(run.paths) if isinstance(found, Analysis) and found.id != "kills"]
    assert [analysis_of(row) for row in in_order(run.folder)] == expected


def test_every_file_holds_one_day_sorted(run: Run) -> None:
    days = {file.parent.name for file in run.files()}
    assert {"day=2025-03-01", "day=2025-08-12", "day=unknown"} <= days
    assert len(run.files()) == len(days) == run.summary.days
    for file in run.files():
        rows = parquet.read_table(file, partitioning=None).to_pylist()
        assert {f"day={day_of(row)}" for row in rows} == {file.parent.name}
        positions = [(row["input"], row["file"], row["record"]) for row in rows]
        assert positions == sorted(set(positions))


def test_the_tables_are_compressed_and_free_of_what_the_work_left(run: Run) -> None:
    column = parquet.ParquetFile(run.files()[0]).metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert Folder(run.output).names("_work", "shards") == []
    assert {path.name for path in Path(run.output).iterdir()} == {"articles", "errors", "_work", "_manifest.json"}


def test_what_could_not_be_read_stands_in_the_table_of_errors(run: Run) -> None:
    expected = [(f.source, f.line, f.reason) for f in read_reports(run.paths) if isinstance(f, Failure)]
    killed = (run.paths[1], 303, "it killed its worker twice (signal 11, Segmentation fault)")
    found = [(e["source"], e["line"], e["reason"]) for e in errors(run.folder)]
    assert found == [*expected[:2], killed, *expected[2:]]
    assert run.summary.errors == 4


def test_the_summary_and_the_manifest_count_what_is_there(run: Run) -> None:
    rows = list(in_order(run.folder))
    summary = run.summary
    assert (summary.articles, summary.claims) == (len(rows), sum(len(row["claims"]) for row in rows))
    assert summary.shards > 3
    assert (summary.resumed, summary.reader) == (0, reader_version())
    manifest = json.loads(Path(run.output, "_manifest.json").read_text())
    assert (manifest["complete"], manifest["articles"], manifest["errors"]) == (True, len(rows), 4)


def test_progress_is_told_from_the_first_look_to_the_sorting(run: Run) -> None:
    assert list(dict.fromkeys(told.stage for told in run.told)) == ["looking", "reading", "sorting"]
    assert [told.bytes for told in run.told] == sorted(told.bytes for told in run.told)
    assert run.told[-1].bytes == run.told[-1].total == run.summary.bytes
    assert (run.told[-1].articles, run.told[-1].errors) == (run.summary.articles, 4)


def test_started_again_it_does_nothing(run: Run) -> None:
    before = {file: file.stat().st_mtime_ns for file in run.files()}
    summary = analyse(run.paths, run.output, no_session)
    assert (summary.articles, summary.errors, summary.resumed) == (run.summary.articles, 4, run.summary.shards)
    assert {file: file.stat().st_mtime_ns for file in run.files()} == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"paths": [EXAMPLES]}, "other inputs, also"),
        ({"paths": [EXAMPLES, "missing.txt"]}, "other inputs, without missing.txt"),
        ({"published": "2025-01-01"}, "other options"),
        ({"kind": "text"}, "other options"),
    ],
)
def test_another_task_is_refused_in_the_same_folder(run: Run, change: dict[str, Any], words: str) -> None:
    with pytest.raises(Different, match=words):
        analyse(change.pop("paths", run.paths), run.output, no_session, **change)


def test_inputs_in_another_order_are_refused(run: Run) -> None:
    with pytest.raises(Different, match="in another order"):
        analyse(run.paths[::-1], run.output, no_session)


def test_other_rules_are_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dabi.cluster.analyse.reader_version", lambda: "9.9.9+00000000")
    with pytest.raises(Different, match=r"dabi 0.*this is 9\.9\.9"):
        analyse(run.paths, run.output, no_session)


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("")
    with pytest.raises(Different, match="something else"):
        analyse([EXAMPLES], str(tmp_path), no_session)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_two_runs_do_not_write_to_one_folder(spark: SparkSession, tmp_path: Path) -> None:
    @contextmanager
    def another() -> Iterator[SparkSession]:
        with pytest.raises(ClusterError, match="another run is writing"):
            analyse([EXAMPLES], str(tmp_path / "out"), no_session, again=True)
        yield spark

    analyse([EXAMPLES + "/flood-bulletin.txt"], str(tmp_path / "out"), another)


def test_the_output_is_not_put_among_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("৭টি ঘর বিলীন।")
    with pytest.raises(Refused, match="which is to be read"):
        analyse([str(tmp_path)], str(tmp_path / "out"), no_session)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("-", "standard input"),
        ("https://example.org/news", "not fetched here"),
        ("s3://me:secret@bucket/news.jsonl", r"s3://bucket/news\.jsonl: leave the password out"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(tmp_path: Path, path: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        analyse([path], str(tmp_path / "out"), no_session)


def test_memory_of_one_process_is_no_place_to_share() -> None:
    with pytest.raises(ClusterError, match="cannot share"):
        analyse([EXAMPLES], "memory://out", no_session)


def test_a_changed_input_is_refused_and_read_anew_when_asked(spark: SparkSession, tmp_path: Path) -> None:
    path, output = tmp_path / "a.txt", f"file://{tmp_path}/out"
    path.write_text("নদীভাঙনে ৭টি ঘর বিলীন।")

    def run(**options: Any) -> Summary:
        return analyse([str(path)], output, lambda: nullcontext(spark), **options)

    run()
    path.write_text("নদীভাঙনে ১৭টি ঘর বিলীন।")
    with pytest.raises(Different, match=r"a\.txt has changed"):
        run()
    run(again=True)
    (row,) = in_order(Folder(output))
    assert row["text"] == "নদীভাঙনে ১৭টি ঘর বিলীন।"


def test_a_run_goes_on_after_the_shards_that_are_done(run: Run, tmp_path: Path) -> None:
    """As a driver leaves it that is killed while it sorts: some shards done, rows of the batch in place already."""
    output = tmp_path / "out"

    @contextmanager
    def dying() -> Iterator[SparkSession]:
        yield run.spark

    stages: list[str] = []

    def die(progress: Progress) -> None:
        stages.append(progress.stage)
        if progress.stage == "sorting":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        analyse(run.paths, str(output), dying, shard_bytes=40_000, progress=die)
    shards = output / "_work" / "shards"
    done = sorted(shards.glob("*.json"))
    assert len(done) == run.summary.shards
    done[0].unlink()  # not finished
    (shards / "0000001.parquet").unlink()  # finished, but something took its rows
    (shards / ".unfinished-1-0000000.parquet").write_bytes(b"half of it")
    left = output / "articles" / "day=2025-03-01" / "00000-000.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left by the killed run")
    summary = analyse(run.paths, str(output), dying)
    assert summary.resumed == run.summary.shards - 2
    assert list(in_order(Folder(str(output)))) == list(in_order(run.folder))
    assert errors(Folder(str(output))) == errors(run.folder)
    assert [f.relative_to(output) for f in sorted(output.rglob("articles/*/*"))] == [
        f.relative_to(run.output) for f in run.files()
    ]


def test_large_days_and_many_shards_are_divided(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two shards, days of several files: the same rows, each file sorted."""
    monkeypatch.setattr("dabi.cluster.analyse._SMALLEST_BATCH", 2)
    monkeypatch.setattr("dabi.cluster.analyse._BATCH_PER_CORE", 1)
    monkeypatch.setattr("dabi.cluster.gather._FILE", 2_000)
    monkeypatch.setattr("dabi.cluster.gather._TASK", 10_000)
    output = tmp_path / "out"
    summary = analyse(run.paths, str(output), run.session, shard_bytes=40_000)
    files = sorted(output.rglob("articles/*/*"))
    assert {file.name[:6] for file in files} == {f"{n:05}-" for n in range(-(-summary.shards // 2))}
    assert len(files) > 2 * summary.days
    for file in files:
        rows = parquet.read_table(file, partitioning=None).to_pylist()
        assert {f"day={day_of(row)}" for row in rows} == {file.parent.name}
        positions = [(row["input"], row["file"], row["record"]) for row in rows]
        assert positions == sorted(positions)
    assert list(in_order(Folder(str(output)))) == list(in_order(run.folder))
    assert errors(Folder(str(output))) == errors(run.folder)
    assert (summary.articles, summary.errors) == (run.summary.articles, run.summary.errors)


def test_an_analysed_folder_can_be_read_anew(run: Run, tmp_path: Path) -> None:
    """As after a change of the rules: what came in is all in the tables."""
    output = str(tmp_path / "anew")
    analyse([run.output + "/articles"], output, run.session)
    fields = ("page", "source", "media", "content", "text", "given_published", "given_outlet")

    def reports(folder: Folder) -> list[tuple[Any, ...]]:
        return sorted(tuple(str(row[name]) for name in fields) for row in in_order(folder))

    assert reports(Folder(output)) == reports(run.folder)


def test_the_example_of_the_page_runs(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(EXAMPLES).parent / "docs" / "cluster.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    Path(run.output).rename(Path(run.output).with_name("analysed"))
    monkeypatch.chdir(Path(run.output).parent)
    try:
        exec(compile(example, "cluster.md", "exec"), {})
    finally:
        Path("analysed").rename(run.output)
    printed = capsys.readouterr().out
    assert "https://example.org/upakul-1 9.0\n" in printed
    assert printed.count("Span(start=0") == 3


def test_the_command_tells_what_stands_there(run: Run) -> None:
    """A finished folder: nothing is started, and what could not be read is told again."""
    done = run_dabi("cluster", "analyse", *run.paths, "-o", run.output, "--format", "table")
    assert done.exit_code == 1
    assert f"{run.summary.articles:,} articles with {run.summary.claims:,} claims under" in done.stdout
    assert f"{run.summary.shards} of {run.summary.shards} shards were there from an earlier run" in done.stdout
    assert f'dabi: {run.paths[1]}, line 301: "text" is empty' in done.stderr
    assert done.stderr.endswith(f"dabi: 4 could not be read, all in {run.output}/errors\n")
    lines = run_dabi("cluster", "analyse", *run.paths, "-o", run.output, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["articles"] for line in lines] == [run.summary.articles]


def test_the_command_loads_into_a_ledger(run: Run, tmp_path: Path) -> None:
    db = str(tmp_path / "ledger.db")
    done = run_dabi("cluster", "load", run.output, "--db", db, "--format", "jsonl")
    assert done.exit_code == 0
    outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()]
    assert len(outcomes) == run.summary.articles
    with open_ledger(db) as ledger:
        assert outcomes.count("added") == ledger.counts()["pages"]


def run_dabi(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, prog_name="dabi")


def contents(ledger: Ledger) -> tuple[list[Any], list[Any], list[Any]]:
    """All that a ledger says, without its own numbers and times."""
    readings = [
        (r.article, r.version, r.latest, r.media, r.source, r.sha256, r.extractor, r.given, r.text, r.analysis)
        for r in ledger.reports(history=True)
    ]
    claims = [(c.id, c.article, c.version, c.latest, c.sentence, c.low, c.high) for c in ledger.claims()]
    changes = [(c.article, c.version, c.kind, c.fields, c.what) for c in ledger.changes()]
    return readings, claims, changes


@pytest.fixture(scope="module")
def added(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], list[Any], list[Any]]:
    with open_ledger(tmp_path_factory.mktemp("added") / "ledger.db") as ledger:
        outcomes = [a.outcome for a in add_reports(ledger, run.paths) if isinstance(a, Added) and a.article != "kills"]
        assert outcomes.count("version") > 10
        readings, claims, changes = contents(ledger)
    return [r for r in readings if r[0] != "kills"], [c for c in claims if c[1] != "kills"], changes


def test_loading_gives_the_ledger_that_adding_gives(
    run: Run, added: tuple[list[Any], list[Any], list[Any]], where: str
) -> None:
    with open_ledger(where) as ledger:
        # In pieces far too small, so that the rows are dealt out and put together again.
        outcomes = [a.outcome for a in load(ledger, run.output, memory=100_000) if isinstance(a, Added)]
        assert len(outcomes) == run.summary.articles
        for found, expected in zip(contents(ledger), added, strict=True):
            assert found == expected
        again = [a.outcome for a in load(ledger, run.output) if isinstance(a, Added)]
        assert set(again) == {"unchanged"}


def test_loading_goes_on_where_it_stopped(
    run: Run, added: tuple[list[Any], list[Any], list[Any]], tmp_path: Path
) -> None:
    with open_ledger(tmp_path / "ledger.db") as ledger:
        for number, _ in enumerate(load(ledger, run.output)):
            if number == 100:
                break
        for _ in load(ledger, run.output):
            pass
        assert contents(ledger) == added


def test_an_unfinished_folder_is_not_loaded(run: Run, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.db") as ledger:
        with pytest.raises(ClusterError, match="holds no analysed articles"):
            next(load(ledger, str(tmp_path)))
        shutil.copytree(run.output, tmp_path / "copy")
        manifest = tmp_path / "copy" / "_manifest.json"
        manifest.write_text(manifest.read_text().replace("true", "false"))
        with pytest.raises(ClusterError, match="not finished"):
            next(load(ledger, str(tmp_path / "copy")))
