"""Everything that led to a decision about one person, as text."""

from collections.abc import Iterator

from grader.results import SubmissionResult, counting
from grader.store import Store
from grader.tables import ItemScoreRow
from onboarding import records
from onboarding.decision import AUTOMATIC, Decision
from onboarding.phrases import ENGLISH
from onboarding.reasons import changes_in
from onboarding.wording import waiting


def explanation(store: Store, applicant_id: str) -> str:
    """The applicant's story: what was handed in, how it was scored, what was decided and by which rule.

    Raises:
        UsageError: unknown applicant.
    """
    applicant = store.require_applicant(applicant_id)
    results = store.results(applicant_id=applicant_id)
    that_count = {result.submission_id for result in counting(results)}
    scores = store.item_scores(that_count)
    lines = [f"{applicant.id} ({applicant.name}), registered {applicant.registered_at:%Y-%m-%d}", ""]
    if not results:
        lines.append("Nothing was handed in yet.")
    for result in results:
        mine = [score for score in scores if score.submission_id == result.submission_id]
        lines += _submission(result, mine, counts=result.submission_id in that_count)
    decisions = records.history(store, applicant_id)
    if not decisions:
        lines.append("No decision yet: something that the policy requires is still missing.")
    for decision in decisions:
        lines += _decision(decision, in_force=decision is decisions[-1])
    return "\n".join(lines)


def _submission(result: SubmissionResult, scores: list[ItemScoreRow], *, counts: bool) -> Iterator[str]:
    note = "" if counts else " (another submission counts)"
    yield f"{result.assessment}, attempt {result.attempt}: {result.outcome or 'waiting'}{note}"
    yield f"  issued {result.issued_at:%Y-%m-%d %H:%M}, received {result.received_at:%Y-%m-%d %H:%M} UTC"
    yield f"  receipt {result.submission_id}"
    for reason in result.reasons:
        yield f"  note: {reason}"
    yield from _score(result)
    for score in scores:
        waits = f" ({score.points_pending:g} wait for a person)" if score.points_pending else ""
        yield (
            f"    {score.slot}  {score.points:5.2f} / {score.max_points:g}{waits}  {score.skill}, {score.item_id} "
            f"v{score.item_version}: {score.explanation}"
        )
    yield ""


def _score(result: SubmissionResult) -> Iterator[str]:
    """The score; where points wait, of what was judged so far."""
    judged = (result.max_points or 0.0) - result.points_pending
    if result.score is not None:
        so_far = " judged so far" if result.points_pending else ""
        yield f"  score {result.points:.2f} of {judged:g} points{so_far} = {result.score:.0%}"
    if result.points_pending:
        yield f"  {waiting(result.points_pending, result.max_points or 0.0, ENGLISH)}"


def _decision(decision: Decision, *, in_force: bool) -> Iterator[str]:
    who = AUTOMATIC if decision.decided_by == AUTOMATIC else f"decided by {decision.decided_by}"
    state = "in force" if in_force else "replaced by a later one"
    yield f"Decision {decision.id} of {decision.decided_at:%Y-%m-%d %H:%M} UTC: {decision.verdict} ({who}; {state})"
    yield f"  policy version {decision.policy_version}"
    for reason in decision.reasons:
        yield f"  - {reason}"
    for change in changes_in(decision, "en"):
        yield f"  what would have changed it: {change}"
    for qualification in decision.qualifications:
        yield f"  qualified: {qualification.name}, valid until {qualification.until}"
    for evidence in decision.inputs:
        grading = f", grading {evidence.fingerprint[:12]}" if evidence.fingerprint else ""
        receipt = f"receipt {evidence.submission_id[:12]}"
        yield f"  input: {evidence.assessment}, attempt {evidence.attempt}, {receipt}{grading}"
    until = f" until {decision.objection_until:%Y-%m-%d %H:%M} UTC" if decision.objection_until else ""
    yield f"  To object{until}, write to the person who invited you and name decision {decision.id};"
    yield "  somebody else will look at it."
    yield ""
