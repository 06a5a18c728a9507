"""Issuing and revoking: one badge for a qualification, kept, and the same again."""

import json
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from assessments.errors import UsageError
from grader.errors import UnavailableError, WorkspaceError
from grader.store import Store
from grader.workspace import Workspace
from onboarding import recording
from onboarding.chain import digest
from onboarding.journey.following import follow
from onboarding.pool.badges import issuing, records
from onboarding.pool.badges.credential import hash_name, identity_hash
from onboarding.pool.badges.issuing import Order, issue, revocation_list, revoke
from onboarding.pool.badges.keys import KEY_FILE, did, signing_key
from onboarding.pool.badges.settings import badge_settings
from onboarding.pool.badges.verifying import Checked, Status, verify
from onboarding.records import stream
from onboarding.tables import ApplicationRow
from tests.command import talentpool
from tests.onboarding.badge_samples import EVALUATION, NOW, decided, qualification

ADA = Order(member_id="ada")
ENGLISH = qualification("english-language", "English")


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    """The workspace's store, with ada a member; bob is an applicant."""
    store = Store(workspace.database_url)
    recording.add(workspace, store, [decided("ada", EVALUATION)])
    with store.session() as session:
        data: dict[str, list[str]] = {"languages": [], "domains": []}
        session.add(ApplicationRow(applicant_id="ada", email="ada@example.org", data=data, submitted_at=NOW))
    follow(workspace, store, ["ada"], now=NOW)
    yield store
    store.close()


def check(workspace: Workspace, store: Store, document: str) -> Checked:
    """Check a badge with the workspace's key and its list as it is now."""
    key = did(signing_key(workspace.root).public_key())
    now = NOW + timedelta(days=1)
    return verify(document.encode(), trusted={key}, revoked=revocation_list(workspace, store, now=now), now=now)


def test_a_badge_is_issued_once(workspace: Workspace, store: Store) -> None:
    """The same again, to the letter, and signed by the workspace's key."""
    badge = issue(workspace, store, ADA, now=NOW)
    assert issue(workspace, store, ADA, now=NOW + timedelta(days=1)) == badge
    assert records.issued(store) == [badge]
    assert check(workspace, store, badge.document).status is Status.VALID
    document = json.loads(badge.document)
    assert document["id"] == badge.id
    assert document["credentialSubject"]["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityType": "systemId", "identityHash": "ada"}
    ]
    with store.session() as session:
        (link,) = stream(session)
    assert [evidence["id"] for evidence in document["evidence"]] == [hash_name(digest(link.content))]


def test_many_at_once_give_one_badge(workspace: Workspace, store: Store) -> None:
    """Also before there is a key."""
    ready = Barrier(4)

    def ask(_: int) -> str:
        ready.wait(10)
        return issue(workspace, store, ADA, now=NOW).document

    with ThreadPoolExecutor(4) as pool:
        documents = set(pool.map(ask, range(4)))
    assert documents == {records.issued(store)[0].document}


def test_a_revoked_badge_stays_revoked(workspace: Workspace, store: Store) -> None:
    """And a new one can be issued beside it, in another place of the list."""
    first = issue(workspace, store, ADA, now=NOW)
    revoke(store, first.id, by=" Grace ", reason=" a mistake ", now=NOW)
    second = issue(workspace, store, ADA, now=NOW)
    assert second.id != first.id
    assert second.status_index != first.status_index
    assert check(workspace, store, first.document).status is Status.REVOKED
    assert check(workspace, store, second.document).status is Status.VALID
    kept = records.find(store, first.id)
    assert kept
    assert (kept.revoked_by, kept.revoked_reason, kept.revoked_at) == ("Grace", "a mistake", NOW)
    with pytest.raises(UsageError, match="revoked already: by Grace"):
        revoke(store, first.id, by="Bo", reason="again", now=NOW)


@pytest.mark.parametrize(
    ("badge_id", "by", "reason"), [("urn:uuid:1", "Bo", "x"), ("", "Bo", "x"), ("", "", "x"), ("", "Bo", " ")]
)
def test_what_cannot_be_revoked(store: Store, badge_id: str, by: str, reason: str) -> None:
    """What was never issued, and nothing without a person and a reason."""
    with pytest.raises(UsageError, match=r"unknown badge|--by"):
        revoke(store, badge_id, by=by, reason=reason, now=NOW)


def test_only_valid_qualifications_of_members(workspace: Workspace, store: Store) -> None:
    """Named where there are several."""
    with pytest.raises(UsageError, match="bob is no member"):
        issue(workspace, store, Order(member_id="bob"), now=NOW)
    with pytest.raises(UsageError, match="allowed: none"):
        issue(workspace, store, ADA, now=NOW + timedelta(days=400))
    recording.add(workspace, store, [decided("ada", EVALUATION, ENGLISH, at=NOW + timedelta(hours=1))])
    with pytest.raises(UsageError, match="found none, allowed: evaluation-and-labelling, english-language"):
        issue(workspace, store, ADA, now=NOW)
    with pytest.raises(UsageError, match="found 'law'"):
        issue(workspace, store, Order(member_id="ada", assessment="law"), now=NOW)
    badge = issue(workspace, store, Order(member_id="ada", assessment="english-language"), now=NOW)
    assert json.loads(badge.document)["name"] == "English"


def test_a_renewed_qualification_has_a_badge_of_its_own(workspace: Workspace, store: Store) -> None:
    """Another time is another badge; a new decision about the same one is not."""
    first = issue(workspace, store, ADA, now=NOW)
    recording.add(workspace, store, [decided("ada", EVALUATION, at=NOW + timedelta(hours=1))])
    assert issue(workspace, store, ADA, now=NOW) == first
    renewed = qualification(EVALUATION.assessment, EVALUATION.name, until=datetime(2028, 1, 1, tzinfo=UTC).date())
    recording.add(workspace, store, [decided("ada", renewed, at=NOW + timedelta(hours=2))])
    assert issue(workspace, store, ADA, now=NOW).id != first.id


def test_the_recipient_by_address_and_name(workspace: Workspace, store: Store) -> None:
    """The address only as a hash with a salt of its own, the name only when asked for."""
    badge = issue(workspace, store, Order(member_id="ada", with_email=True, with_name=True), now=NOW)
    assert "ada@example.org" not in badge.document
    email, name = json.loads(badge.document)["credentialSubject"]["identifier"]
    assert len(email["salt"]) == 32
    assert email["identityHash"] == identity_hash("ada@example.org", email["salt"])
    assert (name["identityType"], name["identityHash"], name["hashed"]) == ("name", "Ada", False)
    assert '"ada"' not in badge.document
    with store.session() as session:
        session.get_one(ApplicationRow, "ada").email = None
    with pytest.raises(UsageError, match="no e-mail address of ada"):
        issue(workspace, store, Order(member_id="ada", with_email=True), now=NOW)


def test_a_place_that_is_taken_is_not_given_twice(
    workspace: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one is drawn; where none is found, that is said."""
    places = iter([7, 7, 8])
    monkeypatch.setattr(issuing, "randbelow", lambda _size: next(places, 8))
    recording.add(workspace, store, [decided("ada", EVALUATION, ENGLISH)])
    orders = [Order(member_id="ada", assessment=name) for name in (EVALUATION.assessment, ENGLISH.assessment)]
    assert [issue(workspace, store, order, now=NOW).status_index for order in orders] == [7, 8]
    with pytest.raises(UnavailableError, match="no place"):
        issue(workspace, store, Order(member_id="ada", assessment="english-language", with_name=True), now=NOW)


def test_the_key_is_private_and_stays(tmp_path: Path) -> None:
    """Made on first use, readable for its owner alone, and nothing else is left behind."""
    key = signing_key(tmp_path)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert signing_key(tmp_path).private_bytes_raw() == key.private_bytes_raw()
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("content", [b"", b"0" * 32, b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_is_none(tmp_path: Path, content: bytes) -> None:
    """Is never replaced by a new one."""
    (tmp_path / KEY_FILE).write_bytes(content)
    with pytest.raises(WorkspaceError, match="no Ed25519 key"):
        signing_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == content


def test_a_workspace_says_who_it_is(workspace: Workspace, store: Store) -> None:
    """In its badges and in its list."""
    where = "https://pool.example/revocations.json"
    said = workspace_with(workspace, {"name": "Pool and Sons", "url": "https://pool.example/", "revocations": where})
    document = json.loads(issue(said, store, ADA, now=NOW).document)
    assert document["issuer"]["name"] == "Pool and Sons"
    assert document["credentialStatus"]["statusListCredential"] == where
    assert json.loads(revocation_list(said, store, now=NOW))["id"] == where


def workspace_with(workspace: Workspace, badges: dict[str, str]) -> Workspace:
    """The workspace with this table [badges]."""
    return workspace._replace(settings=workspace.settings.model_copy(update={"badges": badges}))


@pytest.mark.parametrize("badges", [{"nam": "x"}, {"url": "pool.example"}, {"revocations": "file:///x"}])
def test_settings_that_cannot_be_used(workspace: Workspace, badges: dict[str, str]) -> None:
    """File and field are named."""
    with pytest.raises(WorkspaceError, match=rf"talentpool.toml: badges\.{next(iter(badges))}"):
        badge_settings(workspace_with(workspace, badges))


def test_the_commands(workspace: Workspace, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue, check without the workspace, revoke, publish, check again."""
    monkeypatch.chdir(tmp_path)
    # the command's clock is the real one
    today = datetime.now(UTC).date()
    lasting = qualification("english-language", "English", until=today + timedelta(days=30))
    recording.add(workspace, store, [decided("ada", lasting)])
    place = ("--workspace", workspace.root)
    key = talentpool("badge", "key", *place).out.strip()
    issued = talentpool("badge", "issue", "ada", "--out", "ada.json", *place)
    assert issued.code == 0, issued.err
    (badge,) = records.issued(store, "ada")
    assert badge.id in issued.out
    assert Path("ada.json").read_text() == badge.document

    unknown = talentpool("badge", "verify", "ada.json")
    assert (unknown.code, unknown.out.partition(":")[0]) == (1, "unknown issuer")
    known = talentpool("badge", "verify", "ada.json", "--key", key)
    assert known.code == 0, known
    assert known.out.startswith(f"valid: English, signed by {key}")
    monkeypatch.setenv("TALENTPOOL_WORKSPACE", str(workspace.root))
    assert talentpool("badge", "verify", "ada.json").code == 0
    monkeypatch.delenv("TALENTPOOL_WORKSPACE")

    revoked = talentpool("badge", "revoke", badge.id, "--by", "Grace", "--reason", "a mistake", *place)
    assert revoked.out.startswith(f"revoked {badge.id} of ada")
    assert talentpool("badge", "revocations", "--out", "list.json", *place).code == 0
    gone = talentpool("badge", "verify", "ada.json", "--key", key, "--revocations", "list.json")
    assert (gone.code, gone.out.partition(":")[0]) == (1, "revoked")
    assert "a mistake" in talentpool("badge", "list", "ada", *place).out
    Path("ada.json").write_text(badge.document.replace("English", "Surgery"))
    changed = talentpool("badge", "verify", "ada.json", "--key", key)
    assert (changed.code, changed.out.partition(":")[0]) == (1, "altered")
    missing = talentpool("badge", "verify", "bob.json")
    assert missing.code == 2
    assert "bob.json cannot be read" in missing.err
