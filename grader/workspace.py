"""A workspace: the folder of one operator, which is an nbgrader course folder with a few more places in it."""

from __future__ import annotations

import os
import secrets
import shutil
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import NonNegativeInt, ValidationError, model_validator

from assessments.errors import UsageError
from assessments.items import Record
from assessments.problems import first_problem
from grader.errors import WorkspaceError
from grader.execution import PRELOAD, Engine, Limits

if TYPE_CHECKING:
    from grader.bank import Bank

MARKER = "talentpool.toml"
DEFAULT_DATABASE = "sqlite:///gradebook.db"
COURSE_ID = "talentpool"
CODE_STUB = "# Write your answer here."

_NBGRADER_CONFIG = """# nbgrader's settings for this workspace: `nbgrader export` and the formgrader use them.
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "{course_id}"
c.CourseDirectory.db_url = "{database}"
c.ClearSolutions.code_stub = {{"python": "{stub}"}}
"""

_IGNORED = """# Banks and policy may be kept in a private repository; secrets, databases and people's data never.
/*
!/.gitignore
!/policy.toml
!/source/
"""


class Settings(Record):
    """What `talentpool.toml` may say.

    Args:
        workers: worker processes; one for each core if 0.
        preload: modules that are imported once for all notebooks.
        limits: what one submission may use; assessment_limits: other limits by assessment.
        mail: how notices leave; read by onboarding.notices.settings.
        badges: what badges say of the operator; read by onboarding.pool.badges.settings.
    """

    database: str = DEFAULT_DATABASE
    grace_minutes: float = 2.0
    workers: NonNegativeInt = 0
    preload: tuple[str, ...] = PRELOAD
    limits: Limits = Limits()
    assessment_limits: Mapping[str, Mapping[str, float]] = {}
    mail: Mapping[str, str | int] = {}
    badges: Mapping[str, str] = {}

    def limits_of(self, assessment: str) -> Limits:
        """The limits of one assessment; ValueError if one of them is not allowed."""
        return Limits.model_validate({**self.limits.model_dump(), **self.assessment_limits.get(assessment, {})})

    @model_validator(mode="after")
    def _limits_are_allowed(self) -> Settings:
        for assessment in self.assessment_limits:
            try:
                self.limits_of(assessment)
            except ValidationError as error:
                raise ValueError(f"assessment_limits.{assessment}.{first_problem(error)}") from None
        return self


class NbgraderFolders(NamedTuple):
    """Where nbgrader's tools look for one submission."""

    submitted: Path
    autograded: Path


class Workspace(NamedTuple):
    """The places in a workspace; each is created when something is first put there."""

    root: Path
    settings: Settings

    @property
    def source(self) -> Path:
        """Banks and instructor notebooks (nbgrader's source/)."""
        return self.root / "source"

    @property
    def release(self) -> Path:
        """What nbgrader's generate_assignment wrote."""
        return self.root / "release"

    @property
    def snapshots(self) -> Path:
        """Every bank that was ever released, by version: packets stay gradable when the bank changes."""
        return self.root / "banks"

    @property
    def bundles(self) -> Path:
        """What was issued to applicants on other machines."""
        return self.root / "bundles"

    @property
    def applicants(self) -> Path:
        """Where applicants on this machine work: applicants/<id>/<assessment>-attempt<n>/."""
        return self.root / "applicants"

    @property
    def inbox(self) -> Path:
        """Zips dropped here are taken in by the next `talentpool grade`."""
        return self.root / "inbox"

    @property
    def intake(self) -> Path:
        """What was handed in, by hash, never changed."""
        return self.root / "intake"

    def nbgrader_folders(self, applicant_id: str, assessment: str) -> NbgraderFolders:
        """The folders of one submission in nbgrader's layout."""
        return NbgraderFolders(*(self.root / step / applicant_id / assessment for step in NbgraderFolders._fields))

    @property
    def database_url(self) -> str:
        """The database's URL; a relative SQLite file lies in the workspace."""
        url = self.settings.database
        path = url.removeprefix("sqlite:///")
        return f"sqlite:///{self.root / path}" if path != url and not path.startswith("/") else url

    def limits(self, assessment: str) -> Limits:
        """What one submission for this assessment may use."""
        return self.settings.limits_of(assessment)

    @property
    def engine(self) -> Engine:
        """How applicants' code is run."""
        return Engine(hidden=(self.root,), preload=self.settings.preload)

    @property
    def grace(self) -> timedelta:
        """How much later than due still is in time."""
        return timedelta(minutes=self.settings.grace_minutes)

    @property
    def secret(self) -> bytes:
        """The key that signs packets and seeds the draws."""
        try:
            return (self.root / "secret.key").read_bytes()
        except OSError as error:
            raise WorkspaceError(f"{self.root}/secret.key cannot be read: {error.strerror}") from None

    def assessments(self) -> list[str]:
        """The names of all banks."""
        return sorted(path.stem for path in self.source.glob("*.toml"))

    def bank(self, assessment: str) -> Bank:
        """The bank as it stands now; UsageError if there is none of this name."""
        known = self.assessments()
        if assessment not in known:
            allowed = ", ".join(known) or "none yet"
            raise UsageError(f"unknown assessment {assessment!r}; this workspace has: {allowed}")
        # brings the code of every kind of item and of its key, and most commands read no bank
        from grader.bank import read_bank

        return read_bank(self.source / f"{assessment}.toml")


def starter_banks() -> list[Path]:
    """The banks that ship with the kit: in the wheel beside this file, in a checkout in source/.

    What belongs to a bank lies beside it, as in a workspace.
    """
    packaged = Path(__file__).with_name("starter")
    return sorted((packaged if packaged.is_dir() else Path(__file__).parents[1] / "source").glob("*.toml"))


def find_workspace(given: Path | None) -> Workspace:
    """The workspace named, or in TALENTPOOL_WORKSPACE, or around the current folder."""
    named = given or (Path(os.environ["TALENTPOOL_WORKSPACE"]) if "TALENTPOOL_WORKSPACE" in os.environ else None)
    candidates = [named.resolve()] if named else [Path.cwd(), *Path.cwd().parents]
    for root in candidates:
        if (root / MARKER).is_file():
            return Workspace(root, _settings(root / MARKER))
    where = f"{candidates[0]} is no workspace: it has no {MARKER}" if named else "no workspace was found here"
    raise WorkspaceError(where, tip="Create one with: talentpool init FOLDER, or name it with --workspace.")


def _settings(path: Path) -> Settings:
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        allowed = f"settings: {', '.join(Settings.model_fields)}; limits: {', '.join(Limits.model_fields)}"
        raise WorkspaceError(f"{path} cannot be read: {first_problem(error)}", tip=f"Allowed {allowed}.") from None
    except (ValueError, OSError) as error:
        raise WorkspaceError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None


def create_workspace(root: Path, *, starter: bool) -> Workspace:
    """Lay out a new workspace; WorkspaceError if one is there already."""
    root = root.resolve()
    if (root / MARKER).exists():
        raise WorkspaceError(f"{root} is a workspace already", tip="Choose another folder.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        # keys, answers and what is known about people: nobody else on this machine may read them
        root.chmod(0o700)
        (root / "source").mkdir(exist_ok=True)
        _write_secret(root / "secret.key")
    except OSError as error:
        raise WorkspaceError(f"{root} cannot be written: {error.strerror}") from None
    config = _NBGRADER_CONFIG.format(course_id=COURSE_ID, database=DEFAULT_DATABASE, stub=CODE_STUB)
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    (root / MARKER).write_text(f'database = "{DEFAULT_DATABASE}"\n', encoding="utf-8")
    (root / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    workspace = Workspace(root, _settings(root / MARKER))
    if starter:
        for bank in starter_banks():
            _copy_bank(bank, workspace.source)
    return workspace


def _copy_bank(bank: Path, source: Path) -> None:
    """Copy a bank with its functions, and what applicants get beside the notebook, which is built anew."""
    beside = [path for path in bank.with_suffix("").rglob("*") if path.suffix != ".ipynb"]
    for path in (bank, bank.with_suffix(".py"), *beside):
        if path.is_file():
            target = source / path.relative_to(bank.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def _write_secret(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(secrets.token_bytes(32))
