"""Bringing a ledger's tables up to what this dabi knows."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from .errors import LedgerDamaged, LedgerReadOnly, LedgerTooNew

HEAD = "0003"
# Any number: all dabi processes that migrate one PostgreSQL database wait on it for each other.
_LOCK = 0x64616269


def revision(connection: Connection) -> str | None:
    """The revision of the tables that are there; None when there are none."""
    names = inspect(connection).get_table_names()
    if "alembic_version" in names:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if names:
        raise LedgerDamaged("this database holds other tables and is no ledger")
    return None


def ensure(engine: Engine) -> None:
    """Make or upgrade the tables; one process does it, others wait. All or nothing."""
    with engine.connect() as connection:
        found = revision(connection)
    if found == HEAD:
        return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = revision(connection)
        if found != HEAD:
            _upgrade(connection, found)


def _may_make_tables(connection: Connection) -> bool:
    allowed = text(
        "SELECT has_schema_privilege(current_schema(), 'CREATE') AND NOT pg_is_in_recovery() "
        "AND current_setting('transaction_read_only') = 'off'"
    )
    return bool(connection.execute(allowed).scalar_one())


def _upgrade(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    if found is not None and found not in {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}:
        raise LedgerTooNew(f"this ledger was written by a newer dabi (tables {found}, this dabi knows {HEAD})")
    if connection.dialect.name == "postgresql" and not _may_make_tables(connection):
        state = "has no tables yet" if found is None else f"has tables of an older dabi ({found}, not {HEAD})"
        raise LedgerReadOnly(
            f"the ledger {state} and this user may not make them: open it once as the user who owns it"
        )
    command.upgrade(config, "head")
