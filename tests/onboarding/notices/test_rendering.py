"""The texts: both languages say the same, nothing is promised, and nobody's words become markup."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onboarding.journey import machine
from onboarding.notices.languages import LANGUAGES
from onboarding.notices.rendering import EVERYWHERE, TEMPLATES, Rendered, fields, fields_of, rendered
from tests.content.test_spelling import unknown
from tests.onboarding.notices.samples import DATA
from tests.test_docs import HOW_TO

WORK = {"en": r"\bjobs?\b", "es": r"\bempleos?\b"}
# of the samples, of notebooks, and what is said today where a dictionary is older
KNOWN = {"UTC", "Ada", "my", "status", "small", "large", "onboarding", "Onboarding", "autoevaluación"}


class Page(HTMLParser):
    """What a browser makes of it: the tags, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Any]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.tags.append((tag, attributes))

    def handle_data(self, data: str) -> None:
        self.text += data


OPTIONAL = {"answer_by", "objection_until", "retry_from", "until"}
MAY_BE_EMPTY = {"kept", "qualifications", "remaining"}


def variants(template: str) -> list[dict[str, Any]]:
    """The sample, and with each field that may be left out or the other way round."""
    sample = DATA[template]
    none: dict[str, Any] = {name: None for name in sample if name in OPTIONAL and template != "qualification-expiring"}
    empty: dict[str, Any] = {name: [] for name in sample if name in MAY_BE_EMPTY and template != "module-done"}
    turned = {name: not value for name, value in sample.items() if isinstance(value, bool)}
    return [sample, *({**sample, name: value} for name, value in (none | empty | turned).items())]


def all_of(language: str) -> list[Rendered]:
    """Every notice in every variant."""
    return [rendered(name, language, data, name="Ada") for name in TEMPLATES for data in variants(name)]


def test_every_change_of_state_has_one() -> None:
    """The machine's notices, and the samples here."""
    asked_for = set(re.findall(r'State\.\w+, "([a-z-]+)"', re.sub(r"\s+", " ", Path(machine.__file__).read_text()))) | {
        "test-received"
    }
    assert asked_for >= {"applied", "declined", "pool", "expired"}
    assert asked_for <= set(TEMPLATES)
    assert set(DATA) == set(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_both_languages_need_the_same(template: str) -> None:
    """And the samples are complete."""
    assert fields(template) == set(DATA[template])
    assert fields_of(f"es/{template}.md") - EVERYWHERE == fields(template)


def test_the_how_to_names_all_data() -> None:
    """Of every template."""
    text = (HOW_TO / "notices.md").read_text(encoding="utf-8").partition("| notice | data |")[2]
    rows = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|(.*)\|$", text, re.MULTILINE)
    said = {
        name: set(re.findall(r"`([a-z_]+)`", data.partition(": each")[0]))
        for names, data in rows
        for name in names[1:-1].split("`, `")
    }
    assert said == {name: set(fields(name)) for name in TEMPLATES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variant_is_written_well(language: str) -> None:
    """A subject, paragraphs without holes, the same in both forms, nothing that looks like a program."""
    for notice in all_of(language):
        assert notice.subject
        assert notice.subject == notice.subject.strip()
        assert "Ada" in notice.text.splitlines()[0]
        for odd in ("{", "}", "None", "\n\n\n", " ,", "  ", "()"):
            assert odd not in notice.text, notice
        page = Page(notice.html)
        assert {tag for tag, _ in page.tags} <= {
            *("html", "head", "meta", "title", "body", "hr", "blockquote", "br")
        } | {*("p", "strong", "em", "ul", "ol", "li")}
        words = [re.findall(r"\w+", re.sub(r"^\d+\.", "", line)) for line in notice.text.splitlines()]
        assert re.findall(r"\w+", page.text.partition(notice.subject)[2]) == [word for line in words for word in line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_promised(language: str) -> None:
    """Whoever enters, or is about to, is told that it is no job and that there is no guarantee; nobody is told else."""
    for template in TEMPLATES:
        text = rendered(template, language, DATA[template], name="Ada").text
        no_job = "no es un empleo, y no se garantizan" if language == "es" else "not a job, and there is no guarantee"
        told = len(re.findall(no_job, text, re.IGNORECASE))
        assert len(re.findall(WORK[language], text, re.IGNORECASE)) == told, template
        assert told == (template in {"applied", "onboarding", "pool"}), template


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_learns_how_to_object_and_to_get_help(language: str) -> None:
    """Decisions: whether a program made them, on which numbers, until when to object."""
    when = {"en": "16 March 2026, 09:30 UTC", "es": "16 de marzo de 2026, 09:30 UTC"}[language]
    how = {"en": ("automatically", "A person decided"), "es": ("de forma automática", "la tomó una persona")}[language]
    for template in ("declined", "retry", "onboarding"):
        by_rule = rendered(template, language, DATA[template], name="Ada").text
        assert all(word in by_rule for word in (when, how[0], "0123456789abcdef", "62%"))
        assert how[1] in rendered(template, language, {**DATA[template], "automatic": False}, name="Ada").text
    for template in TEMPLATES:
        text = rendered(template, language, DATA[template], name="Ada").text
        assert re.search("reply to this message|replying|Reply" if language == "en" else "esponda a este mensaje", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_one(language: str) -> None:
    """In a dictionary."""
    data = {**DATA, "in-review": {**DATA["in-review"], "reasons": []}}
    texts = [rendered(name, language, data[name], name="Ada") for name in TEMPLATES]
    quoted = set().union(*(set(re.findall(r"[^\W\d_]+", str(sample))) for sample in DATA.values()))
    assert set().union(*(unknown(f"{t.subject} {t.text}", language) for t in texts)) - quoted - KNOWN == set()


@settings(deadline=None)
@given(name=st.text(), answer=st.text())
def test_what_people_write_is_shown_as_it_is(name: str, answer: str) -> None:
    """No tag, link or emphasis comes of it, and nothing of it is lost but what shows nothing."""
    usual = Page(rendered("ticket-answered", "en", DATA["ticket-answered"] | {"answer": "x"}, name="x").html)
    data = DATA["ticket-answered"] | {"about": name, "answer": answer}
    notice = rendered("ticket-answered", "en", data, name=name)
    page = Page(notice.html)
    assert [tag for tag, _ in page.tags if tag not in ("br", "p", "blockquote")] == [
        tag for tag, _ in usual.tags if tag not in ("br", "p", "blockquote")
    ]
    for text in (page.text, notice.text):
        assert visible(name) in visible(text)
        assert visible(answer) in visible(text.replace("> ", ""))
    assert notice.subject == "Your question has been answered"


def visible(text: str) -> str:
    """The printable characters."""
    return "".join(char for char in text if char.isprintable() and not char.isspace() and char != ">")


def test_markup_in_names() -> None:
    """The usual tricks."""
    name = "<script>alert(1)</script> [x](https://evil.example) **b** <img src=x> &amp; `c`"
    notice = rendered("withdrawn", "en", {}, name=name)
    assert f"Hello {name}," in notice.text
    assert f"Hello {name}," in Page(notice.html).text
    assert not {"script", "a", "img", "code"} & {tag for tag, _ in Page(notice.html).tags}


def test_data_that_do_not_fit_are_named() -> None:
    """A date that is none, a list that is none."""
    with pytest.raises(ValueError, match="notice 'expired' cannot be written: Invalid isoformat string: 'soon'"):
        rendered("expired", "en", {"since": "soon"}, name="Ada")
    with pytest.raises(ValueError, match="notice 'pool' cannot be written"):
        rendered("pool", "en", {"qualifications": 3}, name="Ada")
