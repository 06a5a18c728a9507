"""Starts JupyterLab on one notebook, with the settings an applicant or admin needs."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

AUTOSAVE_SECONDS = 5
_SETTINGS: Mapping[str, Mapping[str, object]] = {
    "@jupyterlab/docmanager-extension/plugin": {
        "autosaveInterval": AUTOSAVE_SECONDS,
        "renameUntitledFileOnSave": False,
    },
    "@jupyterlab/apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
}


def lab_command(folder: Path, notebook: str, *, browser: bool, port: int | None = None) -> list[str]:
    """The command line that serves `folder` and opens `notebook` in it."""
    settings = folder / ".talentpool" / "settings"
    _write_settings(settings)
    command = [
        *(sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", "--ServerApp.ip=127.0.0.1"),
        f"--LabApp.user_settings_dir={settings}",
        f"--LabApp.workspaces_dir={folder / '.talentpool' / 'workspaces'}",
        f"--LabApp.default_url=/lab/tree/{notebook}",
        # one folder holds one assessment: nothing in it may configure the server
        "--ServerApp.config_file=",
    ]
    if port is not None:
        command.append(f"--ServerApp.port={port}")
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


def open_lab(folder: Path, notebook: str, *, browser: bool, port: int | None = None) -> int:
    """Serve until the person stops it with Ctrl+C; returns the exit code."""
    try:
        return subprocess.run(lab_command(folder, notebook, browser=browser, port=port), check=False).returncode
    except KeyboardInterrupt:
        return 0


def _write_settings(folder: Path) -> None:
    """The kit's settings, unless the person has changed them."""
    for plugin, values in _SETTINGS.items():
        path = folder / f"{plugin}.jupyterlab-settings"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values, indent=1))
