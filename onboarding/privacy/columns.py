"""What each column says of a person; a test fails where one is missing here, so that no new one is forgotten.

What is personal leaves with an erasure. What is pseudonymous stays under a random name, where the rows of its table
stay. Of nbgrader's own tables, all rows of a student leave.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from grader.tables import (
    AccommodationRow,
    ApplicantRow,
    AutogradeRow,
    Base,
    ExposureRow,
    ItemReportRow,
    ItemScoreRow,
    PacketRow,
    ResultRow,
    SubmissionRow,
)
from onboarding.tables import (
    ApplicationRow,
    CredentialRow,
    CvRow,
    DecisionRow,
    EventRow,
    LessonRow,
    MemberRow,
    NoticeRow,
    TicketEntryRow,
    TicketRow,
)


class Kind(StrEnum):
    """What a column says of a person."""

    PERSONAL = "personal"
    PSEUDONYMOUS = "pseudonymous"
    NONE = "none"


COLUMNS: Mapping[type[Base], Mapping[Kind, str]] = {
    ApplicantRow: {Kind.PERSONAL: "name", Kind.PSEUDONYMOUS: "id registered_at"},
    PacketRow: {Kind.PSEUDONYMOUS: "id applicant_id assessment attempt issued_at closes_at signed parameters"},
    ExposureRow: {Kind.NONE: "assessment item_id issued"},
    # a reason for more time may be an illness
    AccommodationRow: {
        Kind.PERSONAL: "reason factor extra_minutes",
        Kind.PSEUDONYMOUS: "id applicant_id granted_by granted_at",
    },
    SubmissionRow: {Kind.PERSONAL: "received_name notes", Kind.PSEUDONYMOUS: "id packet_id sent_by received_at"},
    ResultRow: {
        Kind.PERSONAL: "reasons",
        Kind.PSEUDONYMOUS: "submission_id outcome points points_pending max_points worked_minutes fingerprint "
        "graded_at",
    },
    ItemScoreRow: {
        Kind.PERSONAL: "response explanation checks",
        Kind.PSEUDONYMOUS: "submission_id slot item_id item_version kind task_type skill status points points_pending "
        "max_points",
    },
    ItemReportRow: {Kind.PERSONAL: "text", Kind.PSEUDONYMOUS: "submission_id slot item_id item_version"},
    AutogradeRow: {
        Kind.PERSONAL: "student reasons",
        Kind.PSEUDONYMOUS: "assignment outcome isolated self_asserted graded_at",
    },
    # what a person wrote as a reason; the rule's own reasons name scores alone
    DecisionRow: {
        Kind.PERSONAL: "reasons",
        Kind.PSEUDONYMOUS: "id applicant_id outcome qualifications inputs policy_version decided_by decided_at rules "
        "objection_until chain",
    },
    EventRow: {Kind.PSEUDONYMOUS: "id applicant_id number kind state at by data"},
    ApplicationRow: {Kind.PERSONAL: "email data", Kind.PSEUDONYMOUS: "applicant_id submitted_at erased_at"},
    CvRow: {Kind.PERSONAL: "name sha256", Kind.PSEUDONYMOUS: "applicant_id media_type size_bytes received_at"},
    NoticeRow: {
        Kind.PERSONAL: "key data problem language",
        Kind.PSEUDONYMOUS: "id applicant_id template created_at sent_at tries try_from",
    },
    TicketRow: {
        Kind.PERSONAL: "about",
        Kind.PSEUDONYMOUS: "id applicant_id kind opened_at due_at assigned_to level closed_at decision_id outcome_id",
    },
    TicketEntryRow: {Kind.PERSONAL: "text by", Kind.PSEUDONYMOUS: "id ticket_id at"},
    LessonRow: {Kind.PERSONAL: "answer", Kind.PSEUDONYMOUS: "applicant_id module exercise right at"},
    MemberRow: {
        Kind.PERSONAL: "note hours_a_week available_from standing",
        Kind.PSEUDONYMOUS: "applicant_id changed_at changed_by",
    },
    CredentialRow: {
        Kind.PERSONAL: "document revoked_reason",
        Kind.PSEUDONYMOUS: "id applicant_id assessment status_index issued_at revoked_at revoked_by",
    },
}

LEAVING: frozenset[type[Base]] = frozenset(
    {
        *(AccommodationRow, ItemReportRow, AutogradeRow, EventRow, ApplicationRow, CvRow),
        *(NoticeRow, TicketRow, TicketEntryRow, MemberRow),
    }
)
"""Tables whose rows leave as a whole with an erasure: no statistics and no chain need them."""

BLANK: Mapping[type[Base], Mapping[str, Any]] = {
    SubmissionRow: {"received_name": "", "notes": []},
    ResultRow: {"reasons": []},
    ItemScoreRow: {"response": None, "explanation": "", "checks": []},
    LessonRow: {"answer": None},
    CredentialRow: {"document": "", "revoked_reason": None},
}
"""What stands in personal columns of rows that stay; names and decisions' reasons are treated one by one."""
