"""What declared languages and domains lead to, and that nothing else of an application can lead anywhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from assessments.applying.application import Application
from grader.store import Store
from onboarding.applying import records
from onboarding.applying.declared import Abilities, abilities_of, declared, declared_of
from onboarding.policy import read_policy
from onboarding.requirements import Policy
from tests.assessments.applying.files import DATA
from tests.samples import NOW

ROOT = Path(__file__).parents[3]


POLICY = """
title = "A test for everybody, one for Spanish, one for English, one for law"
[[stages]]
name = "All"
assessments = ["general", "english", "law"]
[languages.es]
assessments = ["spanish"]
[languages.en]
assessments = ["english"]
[domains.law]
assessments = ["law"]
"""
ASSESSMENT = """
[assessments.{name}]
qualification = "{name}"
minimum_score = 0.7
"""


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """The policy above."""
    each = "".join(ASSESSMENT.format(name=name) for name in ("general", "english", "law", "spanish"))
    (tmp_path / "policy.toml").write_text(POLICY + each)
    return read_policy(tmp_path)


@pytest.fixture
def applied(store: Store) -> Store:
    """Carla declared English C1, Spanish A2 and law."""
    with store.session() as session:
        records.add(session, {"carla": Application.model_validate(DATA)}, now=NOW)
    return store


def test_what_is_declared_decides_what_is_offered(applied: Store, policy: Policy) -> None:
    """Languages from B2 on; whoever came without an application takes all of the stages."""
    assert policy.required_of(declared_of(applied, "carla")) == ["general", "english", "law"]
    assert policy.required_of(declared_of(applied, "ada")) == ["general", "english", "law"]
    with applied.session() as session:
        spoken = [{"language": "es", "level": "C2"}]
        spanish = {
            **DATA,
            "draft": "1" * 32,
            "email": "dora@example.org",
            "languages": spoken,
            "domains": [{"domain": "mathematics", "years": 1}],
        }
        records.add(session, {"dora": Application.model_validate(spanish)}, now=NOW)
    assert policy.required_of(declared_of(applied, "dora")) == ["general", "spanish"]


def test_what_is_declared_is_read_for_one_or_for_all(applied: Store) -> None:
    """With levels and years for the pool, and as far as it counts for a policy."""
    assert abilities_of(applied, "carla") == Abilities(languages={"en": "C1", "es": "A2"}, domains={"law": 4})
    assert declared_of(applied, "ada") is None
    assert Abilities(languages={"en": "B1", "es": "C2"}, domains={}).best_of(("en", "es")) == "es"
    assert Abilities(languages={"de": "C2"}, domains={}).best_of(("en", "es")) == "en"
    assert declared(applied) == {"carla": declared_of(applied, "carla")}
    assert declared(applied, ["ada"]) == {}


def test_nothing_that_decides_can_see_an_application() -> None:
    """Country, degree, CV: no module on the way to a decision has what reads them."""
    code = (
        "import sys\n"
        "import onboarding.deciding, onboarding.policy\n"
        "seen = [name for name in sys.modules if name.startswith(('assessments.applying', 'onboarding.applying'))]\n"
        "print(*sorted(seen))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["onboarding.applying", "onboarding.applying.declared"]
    assert set(Abilities.model_fields) == {"languages", "domains"}
