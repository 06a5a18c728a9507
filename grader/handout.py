"""Hands out assessments: opens an attempt, and lays out the bundle on this machine or for another one."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from assessments.archive import write_archive
from assessments.packet import PACKET_FILE, Packet
from grader.accommodations import accommodations
from grader.issue import draw, personal_notebook, sign
from grader.parameters import Parameters
from grader.practice import require_graded
from grader.released import declared_files, issued_bank, released_figures, released_notebook
from grader.store import Store
from grader.workspace import Workspace


def issue(workspace: Workspace, store: Store, assessment: str, applicant_id: str, *, now: datetime) -> Packet:
    """The open attempt of an applicant, or a new one: its clock starts now.

    An attempt is open until something was handed in for it.

    Raises:
        UsageError: for practice, not released, an unknown applicant, or no items left for another attempt.
        BankError: a template cannot be filled.
    """
    bank = issued_bank(workspace, assessment)
    require_graded(bank)
    store.require_applicant(applicant_id)
    earlier = store.packets(applicant_id, assessment)
    submitted = store.submitted_packets(applicant_id, assessment)
    if earlier and earlier[-1].packet_id not in submitted:
        return earlier[-1]
    more = accommodations(store, applicant_id).get(applicant_id)
    drawn = draw(
        bank,
        applicant_id=applicant_id,
        attempt=len(earlier) + 1,
        secret=workspace.secret,
        now=now,
        seen=_seen(store, earlier),
        exposure=store.exposure(assessment),
        extra_minutes=more.minutes_added(bank.blueprint.minutes) if more else 0,
    )
    signed = sign(drawn.packet, workspace.secret)
    return store.add_packet(signed, grace=workspace.grace, parameters=drawn.parameters)


def _seen(store: Store, earlier: Iterable[Packet]) -> dict[str, list[Parameters]]:
    """The items of earlier attempts by id, with the parameters of those that are templates."""
    found: dict[str, list[Parameters]] = {}
    for packet in earlier:
        parameters = store.parameters(packet.packet_id)
        for slot in packet.slots:
            found.setdefault(slot.item.id, []).extend([parameters[slot.slot]] if slot.slot in parameters else [])
    return found


def bundle_files(workspace: Workspace, store: Store, packet: Packet) -> dict[str, bytes]:
    """What an applicant gets: the declared data files, the figures of their items, the packet, and their notebook."""
    bank = issued_bank(workspace, packet.assessment)
    files = declared_files(bank, workspace.release / packet.assessment, ())
    released = released_notebook(workspace, packet.assessment, packet.bank_version)
    notebook = personal_notebook(released, packet)
    signed = store.packet(packet.packet_id)
    assert signed is not None
    return {
        **files,
        **released_figures(workspace, packet),
        f"{packet.assessment}.ipynb": notebook.encode(),
        PACKET_FILE: signed.model_dump_json(indent=1).encode(),
    }


def applicant_folder(workspace: Workspace, packet: Packet) -> Path:
    """Where an applicant on this machine works on an attempt."""
    return workspace.applicants / packet.applicant_id / f"{packet.assessment}-attempt{packet.attempt}"


def write_bundle(workspace: Workspace, packet: Packet, files: dict[str, bytes], into: Path | None) -> Path:
    """Write a bundle as a zip for an applicant on another machine; returns its path."""
    folder = into or workspace.bundles
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{packet.assessment}-{packet.applicant_id}-attempt{packet.attempt}.zip"
    write_archive(path, files)
    return path
