"""answers slots whose names are scripts and terminal escapes, of a million characters."""

import json

from assessments.responses import RESPONSES_FILE

ABOUT = {"remark": "responses.json cannot be read"}
NAME = "<script>talentpool_was_here()</script>\x1b[2J=1+1"


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Names that are no names of slots."""
    responses = json.loads(mine[RESPONSES_FILE])
    responses["responses"][NAME * 20_000] = {"value": 1, "saved_at": "2026-03-02T09:40:00Z"}
    return {**mine, RESPONSES_FILE: json.dumps(responses).encode()}
