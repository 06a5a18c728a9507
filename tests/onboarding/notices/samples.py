"""Data for every template, and an outbox to put them into."""

from typing import Any

from grader.store import Store
from onboarding.notices import outbox
from tests.samples import NOW

UNTIL = "2026-04-01"
DECISION = {
    "automatic": True,
    "policy_version": "0123456789abcdef",
    "reasons": ["small: the score is 62% (± 8%), the minimum is 70%"],
}
OBJECTION = {"objection_until": "2026-03-16T09:30:00Z"}
DATA: dict[str, dict[str, Any]] = {
    "applied": {"self_assessment": True, "until": UNTIL},
    "self-assessed": {},
    "tests-assigned": {"assessments": ["small", "large"], "until": UNTIL},
    "test-started": {"assessment": "small", "due_at": "2026-03-02T10:00:00Z"},
    "test-received": {"assessment": "small", "remaining": ["large"]},
    "in-review": {**DECISION, "answer_by": UNTIL},
    "declined": {**DECISION, **OBJECTION},
    "retry": {
        **DECISION,
        **OBJECTION,
        "assessments": ["small"],
        "retry_from": "2026-03-09T09:30:00Z",
        "training": True,
        "until": UNTIL,
    },
    "training-done": {"assessments": ["small"], "retry_from": "2026-03-09T09:30:00Z", "until": UNTIL},
    "onboarding": {**DECISION, **OBJECTION, "modules": ["what-ai-training-is", "talent-pool"], "until": UNTIL},
    "module-done": {"module": "talent-pool", "remaining": ["what-ai-training-is"], "until": UNTIL},
    "pool": {"qualifications": [{"name": "Small things", "until": "2027-03-02"}]},
    "cv-refused": {},
    "withdrawn": {},
    "expired": {"since": "2026-01-02T09:30:00Z"},
    "ticket-opened": {"ticket": 7, "about": "the second question", "appeal": False, "due_at": "2026-03-05T09:30:00Z"},
    "ticket-answered": {"ticket": 7, "about": "the second question", "answer": "It counts.\n\nBoth answers do."},
    "ticket-late": {"ticket": 7, "about": "the second question", "appeal": False, "due_at": "2026-03-12T09:30:00Z"},
    "appeal-message": {"ticket": 8, "answer": "Which question do you mean?"},
    "appeal-decided": {"ticket": 8, "changed": True, "reasons": ["The second question had two right answers."]},
    "qualification-expiring": {"qualification": "Small things", "assessment": "small", "until": UNTIL},
    "data-erased": {"kept": ["scores, under a pseudonym, for statistics"]},
}


def post(store: Store, key: str, applicant: str = "ada", template: str = "withdrawn", language: str = "en") -> None:
    """Post a notice of a template with its sample data."""
    with store.session() as session:
        outbox.post(
            session,
            applicant_id=applicant,
            key=key,
            template=template,
            language=language,
            data=DATA[template],
            now=NOW,
        )
