"""Erasing: nothing personal is left anywhere, the numbers and the chain stay, and an interruption loses nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from assessments.errors import UsageError
from grader.errors import UnavailableError
from grader.scores import score_table
from grader.store import Store
from grader.tables import ItemScoreRow
from grader.workspace import Workspace, find_workspace
from onboarding import records
from onboarding.applying.receiving import receive
from onboarding.audit import verify
from onboarding.deciding import decide_all
from onboarding.decision import Verdict
from onboarding.help import appeals
from onboarding.journey.cli import status_of
from onboarding.journey.following import follow
from onboarding.journey.journal import journey_of
from onboarding.notices.languages import LANGUAGES
from onboarding.policy import read_policy
from onboarding.pool.members import members
from onboarding.privacy import erase as erasing
from onboarding.privacy import ledger
from onboarding.privacy.erase import Order, erase
from onboarding.privacy.places import remove
from onboarding.privacy.records import rows_of
from onboarding.privacy.telling import KEPT, PARTS
from tests.command import talentpool
from tests.mailserver import MailServer
from tests.onboarding.help.samples import HELP
from tests.onboarding.privacy.samples import EMAIL, LATER, WORD, applied, dump, registered, traces, went_all_the_way


def order(applicant_id: str, **changes: Any) -> Order:
    """To erase somebody."""
    return Order(applicant_id=applicant_id, **{"by": "Olga Owner", "reason": "asked for it", **changes})


def points(store: Store) -> list[tuple[str, float]]:
    """All points, by question."""
    ids = [row.id for row in store.submissions()]
    return [(row.slot, row.points) for row in store.item_scores(ids)]


def test_nothing_personal_is_left(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """No word of it in any table or file, also where an admin had made the id of the name."""
    others = dump(store)
    person = registered(store)
    went_all_the_way(workspace, store, person)
    assert len(traces(workspace, WORD)) > 5
    report = erase(workspace, store, order(person), now=LATER)
    assert WORD.lower() not in dump(store).lower()
    assert traces(workspace, WORD, EMAIL) == []
    assert set(others.splitlines()) - set(dump(store).splitlines()) == exposures(others)
    assert report["notice"] == "not sent: no mail server is named"


def exposures(text: str) -> set[str]:
    """The lines about how often items were issued: issuing one changes them."""
    return {line for line in text.splitlines() if "talentpool_exposure" in line}


def test_points_stay_under_the_pseudonym(workspace: Workspace, store: Store) -> None:
    """What they answered does not."""
    person = registered(store)
    went_all_the_way(workspace, store, person)
    before, table = points(store), score_table(store).drop(columns="applicant_id")
    report = erase(workspace, store, order(person), now=LATER)
    assert points(store) == before
    assert score_table(store).drop(columns="applicant_id").equals(table)
    assert set(score_table(store)["applicant_id"]) == {report["pseudonym"]}
    (packet,) = store.packets(report["pseudonym"], "small")
    assert packet.applicant_id == report["pseudonym"]
    with store.session() as session:
        assert {(row.response, row.explanation) for row in session.query(ItemScoreRow)} == {(None, "")}


def test_what_was_not_graded_leaves_as_a_whole(workspace: Workspace, store: Store) -> None:
    """Nobody could grade it any more; what was graded is not graded again."""
    person = registered(store)
    went_all_the_way(workspace, store, person)
    assert len(store.submissions()) == 2
    erase(workspace, store, order(person), now=LATER)
    (row,) = store.submissions()
    assert store.fingerprint(row.id) is not None


def test_the_chain_over_decisions_stays_whole(workspace: Workspace, store: Store) -> None:
    """With a last decision, so that no run of the policy decides about somebody who is not there."""
    person = registered(store)
    went_all_the_way(workspace, store, person, Verdict.ADMIT)
    follow(workspace, store, [person], now=LATER)
    assert [member.applicant_id for member in members(store, today=LATER.date())] == [person]
    report = erase(workspace, store, order(person, despite_open=True), now=LATER)
    checked = verify(workspace, store)
    assert (checked.problems, checked.erased, checked.decisions) == ([], 1, 2)
    first, last = records.history(store, report["pseudonym"])
    assert first.verdict is Verdict.ADMIT
    assert (last.verdict, last.decided_by) == (Verdict.DECLINE, "Olga Owner")
    assert members(store, today=LATER.date()) == []
    assert decide_all(workspace, store, now=LATER) == []
    follow(workspace, store, [report["pseudonym"]], now=LATER)
    assert journey_of(store, report["pseudonym"]) is None
    with pytest.raises(UsageError, match="was erased"):
        status_of(store, read_policy(workspace.root), report["pseudonym"], now=LATER)


def test_the_report_says_what_was_kept_and_why(workspace: Workspace, store: Store) -> None:
    """It stays in the workspace, and names nobody."""
    person = registered(store)
    went_all_the_way(workspace, store, person)
    report = erase(workspace, store, order(person), now=LATER)
    path = ledger.folder(workspace) / f"{report['pseudonym']}.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_bytes()) == json.loads(json.dumps(report))
    assert (report["by"], report["reason"]) == ("Olga Owner", "asked for it")
    assert set(report["kept"]) == {name for name in rows_of(store, report["pseudonym"]) if name[11:] != "applicant"} | {
        "talentpool_credential"
    }
    assert report["erased"]["talentpool_ticket_entry"] == 1
    assert person not in path.read_text()


def test_badges_hang_on_a_pseudonym_of_their_own(workspace: Workspace, store: Store) -> None:
    """A badge may name its holder for everybody to read, and would say whose the scores are."""
    person = registered(store)
    went_all_the_way(workspace, store, person)
    report = erase(workspace, store, order(person), now=LATER)
    assert "talentpool_credential" not in rows_of(store, report["pseudonym"])
    (holder,) = {row.id for row in store.applicants()} - {"ada", "bob", report["pseudonym"]}
    (badge,) = rows_of(store, holder)["talentpool_credential"]
    assert (badge["status_index"], badge["document"]) == (5, "")


def test_an_application_that_was_erased_does_not_come_back(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Sent again from an old mail; the id that it would get says nothing about the person."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    erase(workspace, store, order(person), now=LATER)
    assert WORD.lower() not in dump(store).lower()
    assert traces(workspace, WORD, EMAIL) == []
    with pytest.raises(UsageError, match="was erased"):
        receive(workspace, store, tmp_path / "application.zip", now=LATER)
    with pytest.raises(UsageError, match="erased already"):
        erase(workspace, store, order(person), now=LATER)


def test_who_was_erased_is_no_applicant_any_more(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """The list of applicants names neither the former id nor a pseudonym; the scores stand under that."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    pseudonym = erase(workspace, store, order(person), now=LATER)["pseudonym"]
    *listed, last = talentpool("applicants", "list", "--workspace", workspace.root).out.splitlines()
    assert [line.split()[0] for line in listed] == ["ada", "bob"]
    assert last == "not listed: 2 pseudonyms, under which stays what is kept of people who were erased"
    assert pseudonym in talentpool("scores", "--format", "csv", "--workspace", workspace.root).out


def test_what_is_open_stands_against_it(workspace: Workspace, store: Store) -> None:
    """A decision in force, a time to object that runs, an objection."""
    person = registered(store)
    went_all_the_way(workspace, store, person)
    (workspace.root / "help.toml").write_text(HELP)
    (decision,) = records.history(store, person)
    assert decision.objection_until is not None
    before = dump(store)
    with pytest.raises(UsageError, match="can be objected to until"):
        erase(workspace, store, order(person), now=decision.objection_until.replace(hour=0))
    assert dump(store) == before
    appeals.appeal(workspace, store, person, "I disagree.", now=decision.decided_at)
    with pytest.raises(UsageError, match=r"objection \d+ is open") as refused:
        erase(workspace, store, order(person), now=LATER)
    assert "--despite-open" in refused.value.tip
    erase(workspace, store, order(person, despite_open=True), now=LATER)
    assert WORD.lower() not in dump(store).lower()


def test_a_member_is_not_erased_by_mistake(workspace: Workspace, store: Store) -> None:
    """The decision that admits is in force however old it is."""
    person = registered(store)
    went_all_the_way(workspace, store, person, Verdict.ADMIT)
    with pytest.raises(UsageError, match="admits to the pool"):
        erase(workspace, store, order(person), now=LATER)


@pytest.mark.parametrize("step", ["tell", "pseudonymise", "remove", "drop_cv", "decide_by_person", "_scrub"])
def test_an_interrupted_erasure_is_finished(
    workspace: Workspace, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """By the same command, wherever it was killed; there is one pseudonym and one last decision."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(erasing, step, killed)
        with pytest.raises(KeyboardInterrupt):
            erase(workspace, store, order(person), now=LATER)
    begun = ledger.running(workspace, person)
    assert begun is not None
    report = erase(workspace, store, order(person), now=LATER)
    assert report["pseudonym"] == begun["pseudonym"]
    assert report["erased"]["talentpool_notice"] == 1
    assert len(records.history(store, report["pseudonym"])) == 2
    assert verify(workspace, store).problems == []
    assert WORD.lower() not in dump(store).lower()
    assert traces(workspace, WORD, EMAIL) == []
    assert ledger.running(workspace, person) is None


def test_a_killed_step_after_half_of_the_files(
    workspace: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file that cannot be removed is named, and the rest is done the next time."""
    person = registered(store)
    went_all_the_way(workspace, store, person)

    def locked(path: Path) -> bool:
        if path.parent == workspace.inbox:
            raise PermissionError(13, "Permission denied")
        return remove(path)

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "remove", locked)
        with pytest.raises(UnavailableError, match=r"'inbox/.*\\n.zip' cannot be removed"):
            erase(workspace, store, order(person), now=LATER)
    erase(workspace, store, order(person), now=LATER)
    assert traces(workspace, WORD) == []


def test_links_are_not_followed(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """What they lead to is somebody else's."""
    person = registered(store)
    went_all_the_way(workspace, store, person)
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.txt").write_text("of somebody else")
    (workspace.applicants / person / "link").symlink_to(tmp_path / "precious")
    (workspace.root / "quarantine").mkdir()
    (workspace.root / "quarantine" / person).symlink_to(tmp_path / "precious")
    erase(workspace, store, order(person), now=LATER)
    assert (tmp_path / "precious" / "thesis.txt").read_text() == "of somebody else"
    assert not (workspace.root / "quarantine" / person).is_symlink()


def with_mail(workspace: Workspace, port: int) -> Workspace:
    """A workspace that knows a mail server."""
    with (workspace.root / "talentpool.toml").open("a") as stream:
        stream.write(f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "talent@example.org"\n')
    return find_workspace(workspace.root)


def test_the_person_is_told_before_the_address_goes(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """By a real mail server, in the language of the notices before."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person)
    with MailServer() as server:
        report = erase(with_mail(workspace, server.port), store, order(person), now=LATER)
        told = server.taken[-1]
    assert told[0] == EMAIL
    text = told[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    for part in PARTS["es"].values():
        assert part in text
    assert report["notice"] == "handed over"
    assert EMAIL not in dump(store)


def test_the_message_names_all_that_is_kept() -> None:
    """In every language; submissions and results are named with their points."""
    for parts in PARTS.values():
        assert set(parts) == set(KEPT) - {"talentpool_submission", "talentpool_result"}
    assert set(PARTS) == set(LANGUAGES)


def test_nothing_is_erased_while_the_person_cannot_be_told(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Unless somebody says so; a server that will never take it stands against nothing."""
    person = applied(workspace, store, tmp_path)
    with MailServer(at_recipient=lambda _: "450 later") as server:
        place = with_mail(workspace, server.port)
        with pytest.raises(UnavailableError, match="nothing was erased"):
            erase(place, store, order(person), now=LATER)
        assert EMAIL in dump(store)
        report = erase(place, store, order(person, without_notice=True), now=LATER)
    assert report["notice"].startswith("not sent: 450 later")
    assert EMAIL not in dump(store)


def test_the_command_wants_to_hear_yes(workspace: Workspace, store: Store) -> None:
    """And a name and a reason; then it says what was done."""
    person = registered(store)
    command = ("privacy", "erase", person, "-w", workspace.root)
    refused = talentpool(*command)
    assert (refused.code, "nothing was done" in refused.err) == (2, True)
    assert talentpool(*command, "--yes").code == 2
    assert talentpool(*command, "--yes", "--by", "Olga Owner").code == 2
    assert store.require_applicant(person).name == WORD
    done = talentpool(*command, "--yes", "--by", "Olga Owner", "--reason", "asked for it")
    assert done.code == 0, done.err
    assert "erased; what is left is under the pseudonym erased-" in done.out
    assert talentpool(*command, "--yes", "--by", "Olga Owner", "--reason", "again").code == 2
