"""Takes the grader's packages, which lie beside the applicant's in one checkout, into a wheel of their own."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[2]


class GraderSide(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `grader`, `onboarding` and the starter banks; an editable install reads them in place."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for package in ("grader", "onboarding"):
            for path in sorted((ROOT / package).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    build_data["force_include"][str(path)] = str(path.relative_to(ROOT))
        source = ROOT / "source"
        for path in sorted(source.rglob("*")):
            # notebooks are built from the banks
            if path.is_file() and path.suffix != ".ipynb" and "__pycache__" not in path.parts:
                build_data["force_include"][str(path)] = f"grader/starter/{path.relative_to(source)}"
