"""The shape of the project: imports, distributions, files."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assessments", "grader", "onboarding")


def test_imports_go_one_way() -> None:
    """onboarding → grader → assessments, never back."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_each_file_says_what_it_is_for() -> None:
    """In its first line, and stays short."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            lines = path.read_text(encoding="utf-8").splitlines()
            assert lines[0].startswith('"""'), path
            assert len(lines) <= 400, path


@pytest.mark.packaging
def test_the_plain_install_has_no_secret(tmp_path: Path) -> None:
    """The applicant's wheel holds `assessments` alone; the other one everything else, with the starter banks."""
    for project in (ROOT, ROOT / "packaging" / "grader"):
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(project)]
        subprocess.run(command, check=True, capture_output=True)
    wheels = {path.name.split("-")[0]: path for path in tmp_path.glob("*.whl")}
    applicant, grader = (names_in(wheels[name]) for name in ("talentpool", "talentpool_grader"))
    assert {name.split("/")[0] for name in applicant} == {"assessments", "talentpool-0.1.0.dist-info"}
    for word in ("key", "scor", "grader", "judge", "bank", "onboarding", ".toml"):
        assert not [name for name in applicant if word in name.removeprefix("talentpool")], word
    tops = {name.split("/")[0] for name in grader}
    assert tops == {"grader", "onboarding", "talentpool_grader-0.1.0.dist-info"}
    for needed in (
        *("grader/starter/english-language.toml", "grader/templates/report.html", "grader/admin.ipynb"),
        *("grader/migrations/env.py", "grader/migrations/versions/0001_grading.py", "onboarding/starter/policy.toml"),
    ):
        assert needed in grader
    metadata = zipfile.ZipFile(wheels["talentpool"]).read("talentpool-0.1.0.dist-info/METADATA").decode()
    assert "nbgrader" not in metadata.lower().replace("nbgrader's", "").split("\n\n")[0]
    assert "Provides-Extra: grader" in metadata


def names_in(wheel: Path) -> list[str]:
    """The files of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_applicants_side_works_alone() -> None:
    """With the grader's side and its libraries out of reach."""
    code = (
        "import sys\n"
        "for name in ('grader', 'onboarding', 'nbgrader', 'pandas', 'sqlalchemy', 'itsdangerous'):\n"
        "    sys.modules[name] = None\n"
        "import assessments.cli, assessments.form, assessments.lab, assessments.handin, assessments.inside.program\n"
        "import assessments.applying.form, assessments.applying.opening\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_no_file_names_a_registry() -> None:
    """Where packages come from is the machine's business."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    words = ["/".join(("simple", "")), ".".join(("pypi", "org")), ".".join(("pythonhosted", "org"))]
    for name in listed:
        path = ROOT / name
        if path.is_file() and path.suffix in {".toml", ".lock", ".in", ".txt", ".cfg", ".py", ".md", ""}:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not [word for word in words if word in text and name != "tests/test_architecture.py"], name
