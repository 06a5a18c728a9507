"""What somebody would get of a bank that is not released: for practice and for an author's preview."""

from pathlib import Path

from assessments.packet import PACKET_FILE, Packet
from grader.bank import Bank
from grader.builder import notebook_of
from grader.issue import personal_notebook, sign
from grader.notebooks import notebook_text
from grader.released import declared_files


def unreleased_files(bank: Bank, source: Path, packet: Packet, secret: bytes) -> dict[str, bytes]:
    """The data files, the figures of the packet's items, the notebook made for the packet, and the signed packet.

    Args:
        source: the folder with what applicants get beside the notebook.
        secret: signs the packet.
    """
    return {
        **declared_files(bank, source, [slot.item for slot in packet.slots]),
        f"{bank.assessment}.ipynb": personal_notebook(notebook_text(notebook_of(bank)), packet).encode(),
        PACKET_FILE: sign(packet, secret).model_dump_json(indent=1).encode(),
    }
