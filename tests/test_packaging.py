"""The wheel carries the decks, and works alone in an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the build backend that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    repository = Path(__file__).parent.parent
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(repository)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_the_decks_and_the_styles(wheel: Path, repository: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for deck in (repository / "decks").glob("*.yaml"):
        assert f"quizkorea/decks/{deck.name}" in names
    for style in (repository / "src" / "quizkorea").rglob("*.tcss"):
        assert style.relative_to(repository / "src").as_posix() in names
    assert "quizkorea/py.typed" in names
    assert not any(name.startswith(("tests/", "src/")) for name in names)


def test_installed_alone_in_an_empty_folder_it_shows_the_decks(wheel: Path, tmp_path: Path, repository: Path) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # the wheel comes before the checkout on the path; its dependencies come from where the tests run
    env = os.environ | {"PYTHONPATH": str(site), "QUIZKOREA_HOME": str(tmp_path / "home")}
    where = [sys.executable, "-c", "import quizkorea; print(quizkorea.__file__)"]
    found = subprocess.run(where, env=env, cwd=empty, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(site))
    command = [sys.executable, "-m", "quizkorea", "due", "--json"]
    ran = subprocess.run(command, env=env, cwd=empty, capture_output=True, text=True, check=True, timeout=60)
    decks = {deck["deck"] for deck in json.loads(ran.stdout)["decks"]}
    assert decks == {path.stem for path in (repository / "decks").glob("*.yaml")} - {"sources"}
