"""An application on its way: what was filled in so far, in one file beside the notebook, and packing it."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, JsonValue, ValidationError

from assessments.applying.application import (
    APPLICATION_FILE,
    Application,
    CvFile,
    DraftId,
    parse_application,
    problems,
)
from assessments.applying.cv import INSTEAD, cv_problem, ending
from assessments.archive import write_archive
from assessments.errors import BundleError, UsageError
from assessments.items import Record
from assessments.saving import Writer, write_atomically

_OURS = ("draft", "cv", "self_assessed_at")
_FROM_THE_PAGE = frozenset(Application.model_fields) - {"format", *_OURS}


class Draft(Record):
    """What was filled in so far; nothing of it need be right.

    Args:
        fields: as the page last said.
        statements: the answers of the self-assessment, which are never packed.
    """

    format: Literal[1] = 1
    draft: DraftId = Field(default_factory=partial(token_hex, 16))
    fields: Mapping[str, JsonValue] = Field(default_factory=dict)
    cv: CvFile | None = None
    statements: Annotated[Mapping[str, JsonValue], Field(max_length=100)] = Field(default_factory=dict)
    self_assessed_at: AwareDatetime | None = None

    @property
    def data(self) -> dict[str, Any]:
        """What would be sent, unchecked."""
        own = {name: value for name, value in self.fields.items() if name in _FROM_THE_PAGE}
        return {**own, **self.model_dump(mode="json", include=set(_OURS))}


class DraftFile:
    """`application.json` in one folder; what is saved is on its way to the disk.

    Args:
        told: told after each attempt to write: when (UTC), and what went wrong ("" if nothing); in another thread.

    Raises:
        BundleError: the file there is no draft.
    """

    def __init__(self, folder: Path, told: Callable[[datetime, str], None]) -> None:
        self._folder, self._path = folder, folder / APPLICATION_FILE
        self.current = self._load()
        self._writer = Writer(self._path, told)
        self.flush = self._writer.flush

    def _load(self) -> Draft:
        try:
            return Draft.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return Draft()
        except ValidationError:
            raise BundleError(
                f"{self._path} cannot be read", tip="Move it to another folder and open it again."
            ) from None

    def keep(self, **changes: Any) -> None:
        """Replace parts of the draft."""
        self.current = self.current.model_copy(update=changes)
        self._writer.write(self.current.model_dump_json(indent=1).encode())

    def keep_cv(self, name: str, content: bytes) -> str:
        """Lay a CV beside the notebook, in place of an earlier one; returns what is wrong with it, or ""."""
        if problem := cv_problem(name, content):
            return f"{problem} {INSTEAD}"
        self.drop_cv()
        file = f"cv{ending(name)}"
        write_atomically(self._folder / file, content)
        sha256 = hashlib.sha256(content).hexdigest()
        data = {"file": file, "name": name[-200:], "size_bytes": len(content), "sha256": sha256}
        try:
            self.keep(cv=CvFile.model_validate(data))
        except ValidationError:
            # a name that cannot be shown
            self.keep(cv=CvFile.model_validate({**data, "name": file}))
        return ""

    def drop_cv(self) -> None:
        """Take the CV away."""
        if self.current.cv:
            (self._folder / self.current.cv.file).unlink(missing_ok=True)
            self.keep(cv=None)

    def pack(self) -> Path:
        """Write the application as `application-<name>.zip` beside the notebook, in place of an earlier one.

        Raises:
            UsageError: something is missing or wrong.
            BundleError: the CV was changed or removed.
        """
        data = self.current.data
        if found := problems(data):
            raise UsageError(f"{len(found)} things are missing or wrong: {', '.join(found)}")
        application = Application.model_validate(data)
        files = {APPLICATION_FILE: application.model_dump_json(indent=1).encode()}
        if application.cv:
            files[application.cv.file] = self._cv(application.cv)
        path = self._folder / packed_name(application.name)
        write_archive(path, files)
        # what cannot be read again was never packed
        parse_application(files[APPLICATION_FILE])
        return path

    def _cv(self, cv: CvFile) -> bytes:
        path = self._folder / cv.file
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if hashlib.sha256(content).hexdigest() != cv.sha256:
            raise BundleError(f"{cv.file} was changed or removed: please choose your CV again")
        return content


def packed_name(name: str) -> str:
    """What an application is packed as; names of other scripts are left out of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(("application", *re.findall("[a-z0-9]+", plain)))[:80].rstrip("-") + ".zip"
