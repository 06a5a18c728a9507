"""brings hooks and tasks that git, editors and shells run in a folder."""

TRACE = b"#!/bin/sh\ntouch /tmp/talentpool-was-here\n"
TASKS = b"""{
  "tasks": [{
    "label": "x",
    "type": "shell",
    "command": "touch /tmp/talentpool-was-here",
    "runOptions": {"runOn": "folderOpen"}
  }]
}"""


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Files that a repository could not hold."""
    config = b"[core]\n\tfsmonitor = touch /tmp/talentpool-was-here\n"
    hooks = {".git/config": config, ".git/hooks/post-checkout": TRACE, ".git/HEAD": b"ref: refs/heads/main\n"}
    return {**mine, **hooks, ".vscode/tasks.json": TASKS, ".envrc": TRACE, "Makefile": b"all:\n\ttouch x\n"}
