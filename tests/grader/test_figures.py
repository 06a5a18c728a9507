"""The pictures of items: checked, released with the bank, given to those who were issued the item."""

from pathlib import Path

import pytest

from grader.bank import Bank, read_bank
from grader.errors import BankError
from grader.figures import MAX_FIGURE_BYTES
from grader.handout import bundle_files, issue
from grader.practice import practice_folder
from grader.release import gate, release
from grader.store import Store
from grader.workspace import Workspace
from tests.grader.test_gate import findings
from tests.grader.test_template import NUMBER, template_bank, with_template
from tests.samples import BANK, NOW

PNG = b"\x89PNG\r\n\x1a\n rest of it"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def text_with(*figures: str) -> str:
    """The small bank's text, in which the two items of the first slot have these figures."""
    text = BANK
    for title, figure in zip(("pick", "pick-other"), figures, strict=False):
        head = f'id = "{title}"\n'
        text = text.replace(head, f'{head}figure = {{ file = "{figure}", alt = "A chart." }}\n')
    return text


def write(source: Path, files: dict[str, bytes], *figures: str) -> Path:
    """A bank with figures, and files beside its notebook."""
    for name, content in files.items():
        path = source / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (source / "small.toml").write_text(text_with(*figures))
    return source / "small.toml"


GOOD = {"a.png": PNG, "more/b.svg": SVG, "c.jpg": b"\xff\xd8\xff...", "d.gif": b"GIF89a..."}


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_is_one_by_its_content(tmp_path: Path, name: str) -> None:
    """Of every sort."""
    assert read_bank(write(tmp_path, GOOD, name)).items["pick"].item.figure


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", None, "item pick: figure: found no file a.png, allowed is one in source/small/"),
        ("a.png", SVG, "found a.png, which is no picture of the sort that its name says (image/png)"),
        ("a.svg", b"<svg/>", "found a.svg, SVG text that does not begin with <svg xmlns="),
        ("a.svg", SVG[:-6], "found a.svg, SVG text that cannot be read (no element found"),
        ("a.png", PNG + bytes(MAX_FIGURE_BYTES), "found a.png with 2,000,019 bytes, allowed are 2,000,000"),
        ("a.bmp", PNG, "figure.file: found 'a.bmp', must end in .png, .jpg"),
    ],
)
def test_what_is_none_is_one_clear_line(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    """The item, the file, what is allowed."""
    with pytest.raises(BankError) as caught:
        read_bank(write(tmp_path, {} if content is None else {name: content}, name))
    assert message in caught.value.message


def test_a_link_is_no_picture(tmp_path: Path) -> None:
    """It may lead to what must stay here."""
    path = write(tmp_path, {"a.png": PNG}, "b.png")
    (tmp_path / "small" / "b.png").symlink_to(tmp_path / "small" / "a.png")
    with pytest.raises(BankError, match=r"found no file b\.png"):
        read_bank(path)


def test_another_picture_is_another_version(tmp_path: Path) -> None:
    """So that what was released stays as it was."""
    first, again = (read_bank(write(tmp_path, {"a.png": PNG}, "a.png")).version for _ in range(2))
    assert first == again
    assert first != read_bank(write(tmp_path, {"a.png": PNG + b"!"}, "a.png")).version


@pytest.mark.kernel
def test_applicants_get_the_pictures_of_their_items(workspace: Workspace, store: Store) -> None:
    """As they were when the packet was drawn, beside the declared files; the gate knows them."""
    bank = write_and_release(workspace, store, {"a.png": PNG, "more/b.svg": SVG}, "a.png", "more/b.svg")
    packets = [issue(workspace, store, "small", name, now=NOW) for name in ("ada", "bob")]
    names = {"pick": "a.png", "pick-other": "more/b.svg"}
    for packet in packets:
        files = bundle_files(workspace, store, packet)
        assert sorted(files) == sorted([names[packet.slots[0].item.id], "packet.json", "small.ipynb"])
    assert {packet.slots[0].item.id for packet in packets} == set(names)
    changed = write_and_release(workspace, store, {"a.png": PNG + b"!", "more/b.svg": SVG}, "a.png", "more/b.svg")
    assert changed.version != bank.version
    (mine,) = [packet for packet in packets if packet.slots[0].item.id == "pick"]
    assert bundle_files(workspace, store, mine)["a.png"] == PNG


def write_and_release(workspace: Workspace, store: Store, files: dict[str, bytes], *figures: str) -> Bank:
    """The bank with its figures, released."""
    write(workspace.source, files, *figures)
    bank = workspace.bank("small")
    found = gate(workspace, bank)
    assert found[0].text == "files in source/small/: 3 declared"
    release(workspace, store, bank, found)
    return bank


def test_practice_has_the_pictures_of_its_items(tmp_path: Path) -> None:
    """And no others."""
    path = write(tmp_path, {"a.png": PNG, "more/b.svg": SVG}, "a.png", "more/b.svg")
    path.write_text(f"practice = true\n{path.read_text()}")
    folder = practice_folder(read_bank(path), tmp_path / "small", tmp_path / "practice")
    assert len([*folder.glob("a.png"), *folder.glob("more/b.svg")]) == 1


@pytest.mark.kernel
def test_a_template_may_draw_its_picture() -> None:
    """One that browsers show, whatever is drawn; a file is the same for all."""
    opening = '<svg xmlns="http://www.w3.org/2000/svg">'
    for figure, message in (
        ({"svg": f"{opening}{{{{part}}}}</svg>"}, None),
        ({"svg": f"{opening}{{{{part}}}}"}, "figure: SVG text that cannot be read"),
        ({"file": "chart-{{part}}.png"}, "figure.file: found another name"),
    ):
        found = findings(template_bank(with_template({**NUMBER, "figure": {"alt": "{{part}} of a hundred", **figure}})))
        assert message in found[0].text if message else all(finding.holds for finding in found)
