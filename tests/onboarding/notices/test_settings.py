"""The table [mail]: what is allowed, and what is said about the rest."""

from pathlib import Path

import pytest

from grader.errors import WorkspaceError
from grader.workspace import MARKER, Workspace, create_workspace, find_workspace
from onboarding.notices.settings import Mail, Security, mail_settings, password
from tests.test_docs import blocks

USUAL = 'host = "mail.example.org"\nsender = "talent@example.org"\n'


def place(root: Path, table: str) -> Workspace:
    """A workspace whose settings end with a table [mail]."""
    create_workspace(root / "pool", starter=False)
    with (root / "pool" / MARKER).open("a") as stream:
        stream.write(f"[mail]\n{table}")
    return find_workspace(root / "pool")


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_usual_port(tmp_path: Path, security: str, port: int) -> None:
    """Unless another is given."""
    mail = mail_settings(place(tmp_path, f'{USUAL}security = "{security}"\n'))
    assert mail is not None
    assert (mail.port_in_use, mail.model_copy(update={"port": 2525}).port_in_use) == (port, 2525)


def test_encrypted_unless_told_otherwise(tmp_path: Path) -> None:
    """Two settings are enough."""
    mail = mail_settings(place(tmp_path, USUAL))
    assert mail is not None
    assert (mail.security, mail.per_run) == (Security.STARTTLS, 500)


def test_none(tmp_path: Path) -> None:
    """Without the table."""
    assert mail_settings(create_workspace(tmp_path / "pool", starter=False)) is None


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ('sender = "talent@example.org"\n', "mail.host: Field required"),
        (f'{USUAL}sender_name = "a\\r\\nBcc: b@c"\n', "mail.sender_name: allowed is one line of text"),
        (f'{USUAL}reply_to = "a@b.org, c@d.org"\n', "mail.reply_to: found 'a@b.org, c@d.org', allowed is one address"),
        (f'{USUAL}password = "secret"\n', "mail.password: Extra inputs are not permitted"),
        (f'{USUAL}security = "ssl"\n', "mail.security: Input should be 'starttls', 'tls' or 'none'"),
        (f'{USUAL}user = "talent"\n', "user and password_file are given together or not at all"),
        (
            f'{USUAL}user = "talent"\npassword_file = "p"\nsecurity = "none"\n',
            'security "none" would send the password readable for everybody',
        ),
        (f'{USUAL}user = "josé"\npassword_file = "p"\n', "user: allowed are ASCII characters"),
    ],
)
def test_what_does_not_hold_together(tmp_path: Path, table: str, found: str) -> None:
    """Named, with what is allowed."""
    with pytest.raises(WorkspaceError) as caught:
        mail_settings(place(tmp_path, table))
    assert found in caught.value.message
    assert caught.value.tip.startswith("Allowed: host, port, security, user, password_file, sender,")


def test_the_password(tmp_path: Path) -> None:
    """The first line of its file."""
    workspace = place(tmp_path, f'{USUAL}user = "talent"\npassword_file = "mail.password"\n')
    mail = mail_settings(workspace)
    assert mail is not None
    with pytest.raises(WorkspaceError, match=r"mail\.password_file: .*mail\.password cannot be read: No such file"):
        password(workspace, mail)
    (workspace.root / "mail.password").write_text("open sesame\n")
    assert password(workspace, mail) == "open sesame"
    (workspace.root / "mail.password").write_text("geöffnet\n")
    with pytest.raises(WorkspaceError, match="allowed are ASCII characters"):
        password(workspace, mail)


def test_the_settings_of_the_how_to_are_all_and_hold_together(tmp_path: Path) -> None:
    """As they stand there."""
    (table,) = blocks("notices.md", "toml")
    workspace = place(tmp_path, table.removeprefix("[mail]\n"))
    assert mail_settings(workspace) is not None
    assert set(workspace.settings.mail) == set(Mail.model_fields)
