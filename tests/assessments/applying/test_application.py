"""The application's record: what is right, and what is said of what is not."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.applying.application import WANTED, Application, parse_application, problems
from assessments.applying.email import normal_email
from assessments.applying.lists import countries, languages, time_zones
from assessments.errors import UsageError
from tests.assessments.applying.files import DATA

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.dictionaries(st.sampled_from(sorted(Application.model_fields)) | st.text(max_size=5), JSON, max_size=12)


def test_an_application_says_the_same_after_a_round_trip() -> None:
    """And has no problems."""
    assert problems(DATA) == {}
    application = Application.model_validate(DATA)
    assert parse_application(application.model_dump_json()) == application


@given(JSON | FIELDS | FIELDS.map(lambda changes: {**DATA, **changes}))
def test_any_data_have_problems_in_words_or_none(data: Any) -> None:
    """Never another error."""
    found = problems(data)
    assert all(text.startswith(("Please give ", "There is no such field")) for text in found.values())
    if not found:
        assert problems(Application.model_validate(data).model_dump(mode="json")) == {}


@given(st.binary() | st.text() | st.integers(1, 3000).map(lambda depth: '{"name":' * depth))
def test_any_text_is_an_application_or_one_clear_line(text: str | bytes) -> None:
    """Whatever came."""
    with contextlib.suppress(UsageError):
        parse_application(text)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 201),
        ("name", "Ada\u202eExample"),
        ("name", "Ada\x00"),
        ("email", "ada"),
        ("country", "XX"),
        ("country", "EU"),
        ("time_zone", "Mars/Base"),
        ("languages", []),
        ("languages", [{"language": "en", "level": "C1"}] * 2),
        ("languages.0.level", [{"language": "en", "level": "fluent"}]),
        ("languages.0.language", [{"language": "klingon", "level": "C1"}]),
        ("domains.0.years", [{"domain": "law", "years": -1}]),
        ("domains.0.years", [{"domain": "law", "years": 2.5}]),
        ("domains.0.domain", [{"domain": "The Law", "years": 2}]),
        ("degree", "two\nlines" + "x" * 200),
        ("hours_a_week", 0),
        ("hours_a_week", "many"),
        ("consent", None),
        ("cv", {"file": "../cv.pdf"}),
        ("age", 30),
    ],
)
def test_what_is_wrong_is_said_where_it_is_wrong(field: str, value: object) -> None:
    """In words that say what is wanted, and at this field alone."""
    found = problems({**DATA, field.partition(".")[0]: value})
    assert list(found) == [field]


def test_a_name_is_one_line_of_its_own_script() -> None:
    """Wide blanks, accents in two parts and joiners are somebody's name."""
    assert Application.model_validate({**DATA, "name": " 山田\u3000花子 "}).name == "山田 花子"
    assert Application.model_validate({**DATA, "name": "Jose\u0301"}).name == "José"
    assert Application.model_validate({**DATA, "name": "می\u200cخواهم"}).name == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("ａda＠example.org", "ada@example.org"),
        ("ada@BÜCHER.de", "ada@xn--bcher-kva.de"),
        ("ada@xn--bcher-kva.de", "ada@xn--bcher-kva.de"),
        ("e\u0301@x.de", "é@x.de"),
        # other people's, although some foldings take them for one
        ("straße@straße.de", "straße@xn--strae-oqa.de"),
        ("ada+tests@x.de", "ada+tests@x.de"),
    ],
)
def test_one_address_has_one_spelling(text: str, normal: str) -> None:
    """However it is typed."""
    assert normal_email(text) == normal_email(normal) == normal


@pytest.mark.parametrize(
    "text",
    [
        *("", "ada", "@x.de", "ada@x", "a b@x.de", "a@b@x.de", "a@x..de", "a..b@x.de", "a@127.0.0.1", "a@-x.de"),
        *("a@x.de\nBcc: b@x.de", "a\x00@x.de", "\u200ba@x.de", "<a@x.de>"),
        *("a" * 65 + "@x.de", f"a@{'x.' * 130}de", "ﷺ" * 60 + "@x.de"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """Also what would end a header."""
    with pytest.raises(ValueError, match=r"is no e-mail address|is too long"):
        normal_email(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_an_address_in_its_one_spelling_stays(local: str, host: str) -> None:
    """And is one word without control signs."""
    try:
        normal = normal_email(f"{local}@{host}.org")
    except ValueError:
        return
    assert normal_email(normal) == normal
    assert normal.isprintable()
    assert len(normal.split()) == 1


def test_the_lists_are_whole() -> None:
    """Countries without unions, languages without “unknown”, time zones by place."""
    assert len(countries()) > 240
    assert countries()["ES"] == "Spain"
    assert not {"EU", "UN", "ZZ"} & set(countries())
    assert {"en", "es", "yue", "gn"} <= set(languages())
    assert not {"und", "mul"} & set(languages())
    assert {"Europe/Madrid", "America/Argentina/Buenos_Aires", "UTC"} <= set(time_zones())


def test_every_field_has_words() -> None:
    """For what it takes."""
    assert set(Application.model_fields) <= set(WANTED)
