"""The score tables: one row per applicant and assessment, or one per response; shapes are given at each function."""

from collections.abc import Sequence

import pandas as pd

from assessments.packet import Packet
from grader.results import ALL_WAITS, SubmissionResult, counting, share
from grader.scoring.base import Check
from grader.store import Store
from grader.tables import ItemScoreRow

COLUMNS = (
    "applicant_id",
    "assessment",
    "attempt",
    "points",
    "points_pending",
    "max_points",
    "score",
    "status",
    "submitted_at",
    "minutes_used",
    "minutes_worked",
)
_NUMBERS = dict.fromkeys(("points", "points_pending", "max_points", "score", "minutes_used", "minutes_worked"), float)
SKILL_PREFIX = "skill: "
ITEM_COLUMNS = (
    "applicant_id",
    "assessment",
    "attempt",
    "slot",
    "item_id",
    "item_version",
    "kind",
    "task_type",
    "skill",
    "status",
    "points",
    "points_pending",
    "max_points",
    "share",
    "explanation",
    "checks",
    "response",
)


def score_table(store: Store, assessment: str | None = None) -> pd.DataFrame:
    """One row per applicant and assessment: the submission that counts.

    Columns: `COLUMNS`, then for each skill `skill: <name>`, the share of its points (0…1, NaN where the assessment does
    not ask for it). `points_pending` wait for a person; `score` is points / (max_points − points_pending), the share of
    what was judged so far (0…1). Points and score are NaN where nothing could be scored, which is not zero. `status` is
    graded, review (a part waits), flagged, failed, unavailable or waiting; `submitted_at` is UTC; `minutes_used` runs
    from issue to receipt, `minutes_worked` is what the applicant's page counted while somebody worked.
    """
    results = counting(store.results(assessment=assessment))
    table = pd.DataFrame([_row(result) for result in results], columns=list(COLUMNS)).astype(_NUMBERS)
    skills = _skill_shares(store, results)
    return table.join(skills) if not skills.empty else table


def item_table(store: Store, assessment: str | None = None) -> pd.DataFrame:
    """One row per response of the submissions that count, with `ITEM_COLUMNS`.

    `share` is points / (max_points − points_pending), 0…1, NaN where all of it waits for a person; `checks` are what a
    machine looked for, in words.
    """
    results = {result.submission_id: result for result in counting(store.results(assessment=assessment))}
    rows = [
        {
            "applicant_id": results[score.submission_id].applicant_id,
            "assessment": results[score.submission_id].assessment,
            "attempt": results[score.submission_id].attempt,
            **{name: getattr(score, name) for name in ITEM_COLUMNS[3:13]},
            "share": share(score.points, score.max_points, score.points_pending),
            "explanation": score.explanation,
            "checks": checks_in_words(score),
            "response": score.response,
        }
        for score in store.item_scores(results)
    ]
    table = pd.DataFrame(rows, columns=list(ITEM_COLUMNS))
    table = table.sort_values(["applicant_id", "assessment", "slot"], ignore_index=True)
    return table.astype({"share": float})


def checks_in_words(score: ItemScoreRow) -> str:
    """What a machine looked for in a response, and whether it holds, a line each."""
    return "\n".join(Check.model_validate(check).in_words for check in score.checks)


def responses_in_words(packet: Packet, items: pd.DataFrame) -> pd.DataFrame:
    """The rows of `item_table` that belong to a packet, with question and response as a person reads them."""
    asked = {slot.slot: slot.item for slot in packet.slots}
    mine = items[(items["applicant_id"] == packet.applicant_id) & (items["assessment"] == packet.assessment)].copy()
    mine["question"] = [asked[slot].question() for slot in mine["slot"]]
    mine["response"] = [
        asked[slot].describe(response) for slot, response in zip(mine["slot"], mine["response"], strict=True)
    ]
    return mine


def _row(result: SubmissionResult) -> dict[str, object]:
    return {
        "applicant_id": result.applicant_id,
        "assessment": result.assessment,
        "attempt": result.attempt,
        "points": result.points,
        "points_pending": result.points_pending if result.points is not None else None,
        "max_points": result.max_points,
        "score": result.score,
        "status": result.status,
        "submitted_at": result.received_at,
        "minutes_used": round(result.minutes_used, 1),
        "minutes_worked": round(result.worked_minutes, 1) if result.worked_minutes is not None else None,
    }


def _skill_shares(store: Store, results: Sequence[SubmissionResult]) -> pd.DataFrame:
    """One row per result in the same order, one column per skill: its share of what was judged so far."""
    order = {result.submission_id: place for place, result in enumerate(results)}
    scores = store.item_scores(order)
    if not scores:
        return pd.DataFrame()
    points = pd.DataFrame(
        [(order[row.submission_id], row.skill, row.points, row.max_points - row.points_pending) for row in scores],
        columns=["place", "skill", "points", "judged"],
    )
    sums = points.groupby(["place", "skill"]).sum()
    shares = (sums["points"] / sums["judged"].where(sums["judged"] > ALL_WAITS)).unstack("skill")
    return shares.add_prefix(SKILL_PREFIX)
