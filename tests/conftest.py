"""What tests share: where the real documents are, and the reason for skipping where they are not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.build import build
from kg.store import open_store
from queries.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
for _set in ("COLUMNS", "LINEAGE_LANG", "LINEAGE_STORE", "LINEAGE_WHO"):
    os.environ.pop(_set, None)  # what a person has set does not change what tests see


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real documents: ``LINEAGE_CORPUS``, else ``../shared``; tests skip where neither is there."""
    for place in (os.environ.get("LINEAGE_CORPUS"), ROOT.parent / "shared"):
        if place and (Path(place) / "corpus").is_dir():
            return Path(place)
    pytest.skip("the real documents are not here: set LINEAGE_CORPUS to the folder that holds corpus/, gold/ and real/")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the fictional samples, to be read only."""
    place = tmp_path_factory.mktemp("samples") / "store"
    with open_store(place) as store:
        build(store, [ROOT / "policylineage" / "demo"])
    return place


@pytest.fixture
def reader(samples: Path) -> Iterator[Reader]:
    """A reader of the samples."""
    with open_store(samples, read_only=True) as store:
        yield Reader(store)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a network; tests skip where it is not installed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("no Chromium on this machine (Debian package chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=[*quiet, "--disable-sync", "--no-first-run"])
        yield opened
        opened.close()
