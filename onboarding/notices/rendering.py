"""Makes a notice's texts out of its template: Markdown with places for data, shown as text and as HTML.

What comes from people is put into the HTML as the characters that it is, never as markup.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from jinja2 import Environment, PackageLoader, StrictUndefined, TemplateError, meta
from markupsafe import Markup

from assessments.items import Record
from assessments.text import escaped, quoted, render
from onboarding.notices.languages import FALLBACK, LOCALES

TEMPLATES = tuple(
    sorted(
        entry.name.removesuffix(".md")
        for entry in files("onboarding.notices").joinpath("templates", FALLBACK).iterdir()
        if not entry.name.startswith("_")
    )
)
EVERYWHERE = frozenset({"name"})
"""What every template may use beside a notice's own data."""
_LOADER = PackageLoader("onboarding.notices")
_PAGE = Environment(loader=_LOADER, autoescape=True).get_template("page.html")


class Rendered(Record):
    """A notice as its reader sees it: one line, plain text, a page that loads nothing from elsewhere."""

    subject: str
    text: str
    html: str


def rendered(template: str, language: str, data: Mapping[str, Any], *, name: str) -> Rendered:
    """A notice's texts.

    Args:
        name: the applicant's.

    Raises:
        ValueError: the data do not fit the template.
    """
    source, values = f"{language}/{template}.md", {**data, "name": name}
    try:
        subject, _, text = _filled(source, language, values, _one_line).partition("\n")
        body = _filled(source, language, values, _as_markdown).partition("\n")[2]
    except (TemplateError, TypeError, ValueError) as error:
        raise ValueError(f"notice {template!r} cannot be written: {error}") from error
    html = _PAGE.render(language=language, subject=subject, body=Markup(render(body)))
    # parts that are left out leave their empty lines
    return Rendered(subject=subject, text=re.sub(r"\n{3,}", "\n\n", f"{text.strip()}\n"), html=html)


@cache
def fields(template: str) -> frozenset[str]:
    """The data that a template needs, with those of the parts that it includes; some may be None.

    Raises:
        ValueError: there is no such template.
    """
    if template not in TEMPLATES:
        raise ValueError(f"notice {template!r}: allowed are {', '.join(TEMPLATES)}")
    return fields_of(f"{FALLBACK}/{template}.md") - EVERYWHERE


def require_fields(template: str, data: Mapping[str, Any]) -> None:
    """ValueError unless there is such a template and the data have all that it needs."""
    if missing := fields(template) - set(data):
        raise ValueError(f"notice {template!r}: the data lack {', '.join(sorted(missing))}")


def fields_of(path: str) -> frozenset[str]:
    """All variables of a template file and of what it includes."""
    environment = _environment(FALLBACK, _one_line)
    tree = environment.parse(_LOADER.get_source(environment, path)[0])
    parts = [fields_of(part) for part in meta.find_referenced_templates(tree) if part]
    return frozenset(meta.find_undeclared_variables(tree)).union(*parts)


def _filled(path: str, language: str, values: Mapping[str, Any], shown: Callable[[object], object]) -> str:
    return _environment(language, shown).get_template(path).render(values)


@cache
def _environment(language: str, shown: Callable[[object], object]) -> Environment:
    """Templates whose values are all put in through `shown`."""
    environment = Environment(
        loader=_LOADER,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    locale = LOCALES[language]
    environment.filters |= {
        "day": lambda value: _day(date.fromisoformat(value[:10]), locale),
        "moment": lambda value: _moment(datetime.fromisoformat(value), locale),
        "listed": lambda values: format_list([str(_one_line(value)) for value in values], locale=locale),
        "quoted": lambda text: Markup(quoted(_without_controls(text)) if shown is _as_markdown else _indented(text)),
    }
    return environment


def _day(day: date, locale: str) -> str:
    return format_date(day, "long", locale=locale)


def _moment(moment: datetime, locale: str) -> str:
    return f"{_day(moment.date(), locale)}, {moment:%H:%M} UTC"


def _one_line(value: object) -> object:
    """The value without line breaks and other characters that show nothing; what a filter made stays as it is."""
    return value if isinstance(value, Markup) else " ".join(_without_controls(str(value)).split())


def _as_markdown(value: object) -> object:
    return value if isinstance(value, Markup) else escaped(str(_one_line(value)))


def _without_controls(text: str) -> str:
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def _indented(text: str) -> str:
    return "\n".join(f"> {line}" for line in _without_controls(text).splitlines())
