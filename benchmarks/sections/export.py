"""Packages for Anki, as others write them: what an exporter of ours will be measured by."""

from __future__ import annotations

from benchmarks import anki_peer
from benchmarks.figures import Figure, Section
from benchmarks.material import write_package
from benchmarks.scale import Scale
from benchmarks.timing import FLOOR, PEER, Samples
from benchmarks.workspace import Workspace

NAME = "export"


def run(workspace: Workspace, scale: Scale) -> Section:
    """Anki's own export and plain genanki in turn."""
    samples, made = Samples(), workspace.notes(scale.size)
    path = workspace.collection_copy(scale.size) if anki_peer.IS_INSTALLED else None
    collection = anki_peer.open_collection(path) if path else None
    for _ in range(scale.exports):
        target = workspace.fresh("export").with_suffix(".apkg")
        samples.time(FLOOR, lambda target=target: write_package(target, made))
        if collection is not None:
            target = workspace.fresh("export").with_suffix(".apkg")
            samples.time(PEER, lambda target=target: anki_peer.export_package(collection, target))
    if collection is not None:
        collection.close()
    what = f"a package of {scale.size:,} notes"
    figure = Figure(what, None, samples.p50_ms(PEER), samples.p50_ms(FLOOR))
    note = "Peers only: the program does not write packages yet, so there is no figure of ours and no goal."
    return Section(
        NAME, f"{anki_peer.NAME}, its own export", "not a floor but a second peer, plain genanki", (figure,), (note,)
    )
