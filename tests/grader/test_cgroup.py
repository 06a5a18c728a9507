"""Control groups: what is written where, and that they hold where this user may write them."""

import os
from pathlib import Path

import pytest

from grader.execution import Ending, Limits, Task
from grader.walls.cgroup import Group, group_folders
from tests.engines import sandbox

V2 = "30 29 0:26 / {point} rw,nosuid - cgroup2 cgroup rw\n"
V1 = "34 29 0:30 / {point}/memory rw - cgroup cgroup rw,memory\n35 29 0:31 / {point}/pids rw - cgroup cgroup rw,pids\n"


def describe(tmp_path: Path, mounts: str, groups: str) -> Path:
    """A folder like /proc/self."""
    proc = tmp_path / "proc"
    proc.mkdir()
    (proc / "mountinfo").write_text(mounts.format(point=tmp_path / "groups"))
    (proc / "cgroup").write_text(groups)
    return proc


def test_version_2(tmp_path: Path) -> None:
    """One folder for both controllers."""
    own = tmp_path / "groups" / "user" / "session"
    own.mkdir(parents=True)
    (own / "cgroup.controllers").write_text("cpu memory pids")
    (own / "cgroup.subtree_control").write_text("memory pids")
    folders = group_folders(describe(tmp_path, V2, "0::/user/session\n"))
    assert folders == {"memory": own, "pids": own}
    group = Group(folders)
    (mine,) = own.glob("talentpool-*")
    (mine / "memory.max").write_text("max")
    group.limit(Limits(memory_bytes=1_000, scratch_bytes=10, processes=5))
    assert (mine / "memory.max").read_text() == "1010"
    assert (mine / "pids.max").read_text() == "6"
    assert group.processes_files() == [str(mine / "cgroup.procs")]


def test_version_1(tmp_path: Path) -> None:
    """A folder for each."""
    for name in ("memory", "pids"):
        (tmp_path / "groups" / name / "box").mkdir(parents=True)
    folders = group_folders(describe(tmp_path, V1, "8:pids:/box\n4:memory:/box\n"))
    assert folders == {name: tmp_path / "groups" / name / "box" for name in ("memory", "pids")}
    group = Group(folders)
    group.limit(Limits(memory_bytes=1_000, scratch_bytes=10, processes=5))
    (mine,) = folders["memory"].glob("talentpool-*")
    assert (mine / "memory.limit_in_bytes").read_text() == "1010"


def test_nothing_to_write_to(tmp_path: Path) -> None:
    """Then there are no such limits; the others stay."""
    assert group_folders(describe(tmp_path, "", "0::/\n")) == {}
    assert Group({}).processes_files() == []


def test_groups_of_dead_workers_go(tmp_path: Path) -> None:
    """So that killed workers leave nothing for ever."""
    (tmp_path / "talentpool-999999999-0").mkdir()
    Group({"memory": tmp_path}).close()
    assert list(tmp_path.iterdir()) == []


EATS = """
import os
def eat():
    block = bytearray(150_000_000)
    for place in range(0, len(block), 4096):
        block[place] = 1
    os.write(1, b"ate")
    import time
    time.sleep(3)
children = []
for _ in range(4):
    child = os.fork()
    if child == 0:
        eat()
        os._exit(0)
    children.append(child)
endings = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
print(endings)
"""


@pytest.mark.kernel
def test_memory_of_all_processes_together_is_limited() -> None:
    """Four processes of 150 MB do not fit into 400 MB, though each of them does."""
    if "memory" not in group_folders():
        pytest.skip(f"user {os.geteuid()} may not write control groups here")
    limits = Limits(memory_bytes=300_000_000, scratch_bytes=100_000_000, wall_seconds=30)
    result = sandbox().execute(Task(cells=(EATS,), wants_outputs=True, limits=limits))
    text = str(result.outputs.get(0))
    assert result.ending is Ending.OUT_OF_MEMORY or "-9" in text, text


@pytest.mark.kernel
def test_a_notebook_that_takes_too_much_memory_is_told_apart() -> None:
    """From a process that somebody else killed: it is the applicant's own limit."""
    if "memory" not in group_folders():
        pytest.skip(f"user {os.geteuid()} may not write control groups here")
    eats = "blocks = []\nwhile True:\n    blocks.append(bytearray(4096) * 100)"
    # address space is no limit here, so that the group's is reached first
    limits = Limits(memory_bytes=40_000_000, scratch_bytes=1_000_000, wall_seconds=20, cell_seconds=20)
    hungry = f"import resource\n{eats}"
    result = sandbox().execute(Task(cells=(hungry,), wants_outputs=True, limits=limits))
    assert result.ending is Ending.OUT_OF_MEMORY or "MemoryError" in str(result.outputs), result.ending
