"""The talent pool: everybody whose decision in force is to admit, with what they are qualified for."""

from datetime import date, datetime

import pandas as pd

from grader.store import Store
from onboarding import records
from onboarding.decision import Decision, Verdict

COLUMNS = ("applicant_id", "name", "member_since", "qualifications", "next_expiry", "decided_by")


def members(store: Store, *, today: date) -> pd.DataFrame:
    """One row per member, with `COLUMNS`; qualifications that have expired by `today` are left out."""
    names = {row.id: row.name for row in store.applicants()}
    rows = []
    for applicant_id, decisions in sorted(records.by_applicant(store).items()):
        decision = decisions[-1]
        if decision.verdict is not Verdict.ADMIT:
            continue
        valid = [q for q in decision.qualifications if q.until >= today]
        rows.append(
            {
                "applicant_id": applicant_id,
                "name": names[applicant_id],
                "member_since": _since(decisions).date(),
                "qualifications": ", ".join(q.name for q in valid),
                "next_expiry": min((q.until for q in valid), default=None),
                "decided_by": decision.decided_by,
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _since(decisions: list[Decision]) -> datetime:
    """When the unbroken membership began that the last of these decisions confirms."""
    last_other = max((n for n, decision in enumerate(decisions) if decision.verdict is not Verdict.ADMIT), default=-1)
    return decisions[last_other + 1].decided_at
