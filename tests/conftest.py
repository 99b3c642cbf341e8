"""What tests share: where the real documents are, and the reason for skipping where they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real documents: ``LINEAGE_CORPUS``, else ``../shared``; tests skip where neither is there."""
    for place in (os.environ.get("LINEAGE_CORPUS"), ROOT.parent / "shared"):
        if place and (Path(place) / "corpus").is_dir():
            return Path(place)
    pytest.skip("the real documents are not here: set LINEAGE_CORPUS to the folder that holds corpus/, gold/ and real/")
