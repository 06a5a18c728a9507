"""A broken module is refused with file, field, what was found and what is allowed."""

from pathlib import Path

import pytest

from assessments.errors import UsageError
from grader.errors import BankError
from onboarding.learning.modules import find_module
from tests.onboarding.learning.samples import MODULE, written
from tests.test_docs import blocks

CASES = [
    ('title = "A small module"', "", "small.toml: title: found nothing, allowed is a value (this field is required)"),
    ('sources = ["A book."]', "sources = []", "small.toml: sources: found []"),
    ('not_yet = "Count."', "", "small.toml: item mark: not_yet: found nothing, allowed is a text"),
    ('answer = "b"', 'answer = "z"', "small.toml: item pick: key.answer: found 'z', allowed a, b"),
    ('kind = "choice"', 'kind = "quiz"', "small.toml: item pick: kind: found 'quiz', allowed choice"),
    ('id = "tag"', 'id = "pick"', "small.toml: item pick: id: found twice, allowed once"),
    ('text = "## The end"', "", "small.toml: sections.3.text: found nothing"),
    ('quote = "five"', 'quote = "six"', "small.toml: item mark: key.spans: found quote 'six', allowed words that"),
    ('kind = "choice"', 'kind = "text"', "small.toml: item pick: kind: found 'text', allowed choice"),
    ('kind = "choice"', 'kind = "choice"\nexplain = {}', "small.toml: item pick: kind: found an explanation, allowed"),
    ("[[sections]]", "[[sections", "small.toml: is not readable TOML"),
]


@pytest.mark.parametrize(("before", "after", "message"), CASES)
def test_the_message_names_what_is_wrong(tmp_path: Path, before: str, after: str, message: str) -> None:
    """One change each."""
    with pytest.raises(BankError) as caught:
        written(tmp_path, MODULE.replace(before, after, 1))
    assert message in caught.value.message


def test_an_unknown_module_is_answered_with_those_there_are() -> None:
    """By name."""
    with pytest.raises(UsageError, match=r"unknown module 'x'; there are: after-submit, .*justification"):
        find_module("x")


def test_options_stand_in_an_order_of_their_own(tmp_path: Path) -> None:
    """The same for one person every time, another for somebody else; the answer stays the same."""
    module = find_module("projects-and-pool")
    orders = {
        name: [list(exercise.item.shown().values()) for exercise in module.issued(name).exercises.values()]
        for name in ("ada", "bob")
    }
    assert orders["ada"] != orders["bob"]
    assert module.issued("ada") == module.issued("ada")
    assert all(exercise.accepts(exercise.answer) for exercise in module.issued("bob").exercises.values())


def test_the_module_of_the_how_to_is_one(tmp_path: Path) -> None:
    """As it stands there."""
    (text,) = blocks("modules.md", "toml")
    assert written(tmp_path, text).issued().exercises["first-one"].accepts("b")
