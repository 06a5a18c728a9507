"""The simulated applicants: real answers, real code, odd behaviour."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from assessments.errors import UsageError
from grader.execution import Task
from onboarding.demo.answering import answer, guess
from onboarding.demo.coding import flawed
from onboarding.demo.conduct import CONDUCTS, HONEST
from onboarding.demo.people import people
from onboarding.demo.story import tell
from tests.engines import sandbox
from tests.samples import small_bank

BANK = small_bank()


def test_forty_people_of_every_conduct() -> None:
    """The same ones every time, with different ids."""
    everybody = people()
    assert everybody == people()
    assert len({person.id for person in everybody}) == 40
    counts = Counter(person.conduct for person in everybody)
    assert set(counts) == set(CONDUCTS)
    assert counts[HONEST] > 20


def test_the_able_score_more() -> None:
    """Answers follow ability and difficulty."""

    def mean(ability: float) -> float:
        entries = [entry for entry in BANK.items.values() if not entry.key.calls()]
        credits = [
            entry.key.score(entry.item, answer(entry, ability, Random(f"{entry.item.id} {seed}"))).credit
            for entry in entries
            for seed in range(60)
        ]
        return sum(credits) / len(credits)

    assert mean(-3) < 0.45 < 0.55 < mean(3)


def test_every_answer_is_a_possible_one() -> None:
    """Also the guesses."""
    for entry in BANK.items.values():
        for seed in range(30):
            for response in (answer(entry, 0, Random(seed)), guess(entry, Random(seed))):
                assert entry.item.problem(response) is None


@pytest.mark.kernel
def test_flawed_code_is_really_flawed() -> None:
    """Most slips cost something, none gains."""
    entry = BANK.items["double"]
    sources = {flawed(str(entry.key.reference(entry.item)), Random(seed)) for seed in range(12)}
    assert len(sources) > 1
    task = [Task(cells=(source,), calls={"q": tuple(entry.key.calls())}) for source in sorted(sources)]
    credits = [entry.key.score_values(sandbox().execute(one).values["q"]).credit for one in task]
    assert min(credits) < 1


def test_only_a_demo_is_replaced(tmp_path: Path) -> None:
    """Neither a real workspace nor any other folder."""
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="was not made by the demo, so it is not replaced"):
        tell(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "dear"
