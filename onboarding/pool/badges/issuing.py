"""Issues and revokes badges: one for each qualification, the same again when asked again, until it is revoked."""

import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from secrets import randbelow, token_hex
from uuid import UUID

from assessments.errors import UsageError
from assessments.items import Record
from grader.errors import UnavailableError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.records import email_of
from onboarding.chain import digest
from onboarding.decision import Decision, Qualification
from onboarding.pool.badges import records, revocations
from onboarding.pool.badges.credential import Identity, open_badge
from onboarding.pool.badges.keys import did, signing_key
from onboarding.pool.badges.proof import signed
from onboarding.pool.badges.records import Issued
from onboarding.pool.badges.settings import badge_settings
from onboarding.pool.members import require_member, valid
from onboarding.records import stream

TRIES = 20
"""So often a badge is tried again where its place in the list is taken, or another process was quicker."""
_SALT_BYTES = 16


class Order(Record):
    """What a badge is to be made of.

    Args:
        assessment: of the qualification; "" where the member has only one.
        with_email: name the recipient by a salted hash of the e-mail address instead of the id.
        with_name: write the name into the badge, for everybody to read.
    """

    member_id: str
    assessment: str = ""
    with_email: bool = False
    with_name: bool = False


def issue(workspace: Workspace, store: Store, order: Order, *, now: datetime) -> Issued:
    """The badge for one qualification of a member: the one that was issued before, unless it was revoked.

    Raises:
        UsageError: no member, no such valid qualification, or no e-mail address to hash.
    """
    decision = require_member(store, order.member_id)
    qualification = _qualification(decision, order.assessment, now)
    recipient = _recipient(store, order)
    decision_hash = _hash(store, decision)
    for _ in range(TRIES):
        badge_id, known = _next_id(workspace, store, order.member_id, qualification, recipient)
        if known:
            return known
        badge = _made(workspace, badge_id, recipient, qualification, decision, decision_hash, now=now)
        if records.add(store, badge):
            return badge
    raise UnavailableError("no place was found in the list of revocations", tip="Try again.")


def _qualification(decision: Decision, assessment: str, now: datetime) -> Qualification:
    held = {qualification.assessment: qualification for qualification in valid(decision, now.date())}
    allowed = ", ".join(held) or "none"
    if not assessment and len(held) == 1:
        return next(iter(held.values()))
    if assessment not in held:
        found = repr(assessment) if assessment else "none"
        raise UsageError(f"--qualification: found {found}, allowed: {allowed} ({decision.applicant_id}'s valid ones)")
    return held[assessment]


def _hash(store: Store, decision: Decision) -> str:
    """Of the decision as it is on record: the one that its link in the chain is made from."""
    with store.session() as session:
        (link,) = stream(session, [decision.id or 0])
    return digest(link.content)


def _recipient(store: Store, order: Order) -> list[Identity]:
    """What the recipient is known by. Salts are added later: the same person gives the same list."""
    identities = [Identity(kind="systemId", value=order.member_id)]
    if order.with_email:
        if not (email := email_of(store, order.member_id)):
            raise UsageError(f"no e-mail address of {order.member_id} is on record", tip="Leave --with-email out.")
        identities = [Identity(kind="emailAddress", value=email)]
    if order.with_name:
        identities.append(Identity(kind="name", value=store.require_applicant(order.member_id).name))
    return identities


def _next_id(
    workspace: Workspace, store: Store, member_id: str, qualification: Qualification, recipient: Sequence[Identity]
) -> tuple[str, Issued | None]:
    """The id of the badge for this, and the badge if it was issued and not revoked.

    Ids come from the workspace's secret: nobody else can tell from one whose it is, and where two processes issue the
    same badge, the database takes one.
    """
    what = qualification.model_dump(mode="json", exclude={"score", "rests_on"})
    number = 0
    while True:
        text = json.dumps([member_id, what, [identity.model_dump() for identity in recipient], number], sort_keys=True)
        digest = hmac.digest(workspace.secret, b"badge " + text.encode(), "sha256")
        badge_id = UUID(bytes=digest[:16], version=4).urn
        known = records.find(store, badge_id)
        if known is None or known.revoked_at is None:
            return badge_id, known
        number += 1


def _made(
    workspace: Workspace,
    badge_id: str,
    recipient: Sequence[Identity],
    qualification: Qualification,
    decision: Decision,
    decision_hash: str,
    *,
    now: datetime,
) -> Issued:
    key, settings = signing_key(workspace.root), badge_settings(workspace)
    issuer = settings.issuer(did(key.public_key()))
    # drawn, not counted: the place does not tell when a badge was issued
    index = randbelow(revocations.SIZE)
    status = revocations.entry(settings.where(issuer.did), index)
    known_by = [_salted(identity) for identity in recipient]
    document = open_badge(badge_id, issuer, known_by, qualification, decision, decision_hash, status)
    return Issued(
        id=badge_id,
        applicant_id=decision.applicant_id,
        assessment=qualification.assessment,
        status_index=index,
        document=json.dumps(signed(document, key, now=now), indent=2, ensure_ascii=False) + "\n",
        issued_at=now,
    )


def _salted(identity: Identity) -> Identity:
    """Addresses are never written as they are."""
    if identity.kind != "emailAddress":
        return identity
    return identity.model_copy(update={"salt": token_hex(_SALT_BYTES)})


def revoke(store: Store, badge_id: str, *, by: str, reason: str, now: datetime) -> Issued:
    """Revoke a badge, once.

    Raises:
        UsageError: unknown, revoked already, or no name or reason given.
    """
    if not by.strip() or not reason.strip():
        raise UsageError("to revoke needs --by NAME and --reason TEXT")
    done = records.revoke(store, badge_id, by=by.strip(), reason=reason.strip(), now=now)
    badge = records.find(store, badge_id)
    if badge is None:
        raise UsageError(f"unknown badge {badge_id!r}", tip="All badges with their ids: talentpool badge list")
    if not done:
        raise UsageError(f"{badge_id} was revoked already: by {badge.revoked_by}, {badge.revoked_at:%Y-%m-%d}")
    return badge


def revocation_list(workspace: Workspace, store: Store, *, now: datetime) -> bytes:
    """The signed list of all revoked badges, as JSON, to be published."""
    key, settings = signing_key(workspace.root), badge_settings(workspace)
    issuer = did(key.public_key())
    document = revocations.revocation_list(settings.where(issuer), issuer, records.revoked_places(store), now=now)
    return json.dumps(signed(document, key, now=now), indent=2).encode() + b"\n"
