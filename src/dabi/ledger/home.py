"""Where the ledger is when nobody says."""

from __future__ import annotations

from pathlib import Path


def default_ledger() -> Path:
    """ledger.db in the user's data folder, such as ~/.local/share/dabi."""
    from platformdirs import user_data_path

    return user_data_path("dabi", appauthor=False) / "ledger.db"
