"""Starts JupyterLab on one notebook, with the settings an applicant or admin needs."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

AUTOSAVE_SECONDS = 5
_EXTENSIONS = Path(__file__).with_name("labextensions")
_SETTINGS: Mapping[str, Mapping[str, object]] = {
    # light or dark as the rest of the person's machine
    "@jupyterlab/apputils-extension/themes": {"adaptive-theme": True},
    "@jupyterlab/docmanager-extension/plugin": {"autosaveInterval": AUTOSAVE_SECONDS},
    "@jupyterlab/apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
    # buttons in outputs that run commands of the page
    "@jupyterlab/apputils-extension/sanitizer": {"allowCommandLinker": False},
    # a form is short, and widgets that are taken out of the page while scrolling flicker
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}
_TOOLS = (
    *("celltags", "console", "csvviewer", "debugger", "extensionmanager", "help", "htmlviewer", "hub", "imageviewer"),
    *("inspector", "javascript", "launcher", "logconsole", "lsp", "markdownviewer", "mermaid", "pdf", "pluginmanager"),
    *("running", "settingeditor", "statusbar", "terminal", "toc", "tooltip", "vega5", "workspace"),
)
_FORM_ALONE = ("@jupyter/nbgrader", *(f"@jupyterlab/{tool}-extension" for tool in _TOOLS))
"""What a form does not need: author's tools, and those of JupyterLab that only make opening slower."""


def lab_command(folder: Path, notebook: str, *, browser: bool) -> list[str]:
    """The command line that serves `folder` and opens `notebook` in it."""
    settings = folder / ".talentpool" / "settings"
    _write_settings(settings)
    command = [
        *(sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", "--ServerApp.ip=127.0.0.1"),
        f"--LabApp.extra_labextensions_path={_EXTENSIONS}",
        f"--LabApp.user_settings_dir={settings}",
        f"--LabApp.workspaces_dir={folder / '.talentpool' / 'workspaces'}",
        "--LabApp.expose_app_in_browser=True",
        f"--LabApp.default_url=/lab/tree/{notebook}",
    ]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


def lab_environment(folder: Path, hidden: Sequence[str] = _FORM_ALONE) -> dict[str, str]:
    """Ours, with a configuration folder that says which extensions stay hidden."""
    config = folder / ".talentpool" / "config"
    _write_once(config / "labconfig" / "page_config.json", {"disabledExtensions": dict.fromkeys(hidden, True)})
    return {**os.environ, "JUPYTER_CONFIG_DIR": str(config)}


def _write_settings(folder: Path) -> None:
    """The kit's settings, unless the person has changed them."""
    for plugin, values in _SETTINGS.items():
        _write_once(folder / f"{plugin}.jupyterlab-settings", values)


def _write_once(path: Path, content: Mapping[str, object]) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1))
