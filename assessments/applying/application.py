"""The application as a record: what somebody applies with, checked, and what is wrong with it in plain words."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, ValidationError

from assessments.applying.consent import TERMS
from assessments.applying.email import normal_email
from assessments.applying.lists import LEVELS, countries, languages, time_zones
from assessments.errors import UsageError
from assessments.items import Record, Slug

APPLICATION_FILE = "application.json"
MAX_ROWS = 20
_ROWS = Field(min_length=1, max_length=MAX_ROWS)
_UNSEEN = frozenset(("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of writing: a name with them reads as another one."""


def one_line(text: str) -> str:
    """The text with single blanks and composed letters; ValueError if it has signs that nobody can see."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if any(unicodedata.category(sign) in _UNSEEN or sign in _TURNING for sign in text):
        raise ValueError("has signs that cannot be seen")
    return text


def _one_of(allowed: Any) -> AfterValidator:
    def check(value: str) -> str:
        if value not in (allowed() if callable(allowed) else allowed):
            raise ValueError("is not in the list")
        return value

    return AfterValidator(check)


Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)]
Name = Annotated[Line, StringConstraints(min_length=1)]
DraftId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class LanguageLevel(Record):
    """A language (ISO 639) and how well somebody says to know it (CEFR)."""

    language: Annotated[str, _one_of(languages)]
    level: Annotated[str, _one_of(LEVELS)]


class DomainYears(Record):
    """A field of knowledge, and years of practice in it."""

    domain: Slug
    years: Annotated[int, Field(ge=0, le=70)]


class Consent(Record):
    """That somebody agreed, to which terms, and when (by the applicant's clock)."""

    version: Annotated[str, _one_of(TERMS)]
    given_at: AwareDatetime


class CvFile(Record):
    """The CV that comes with an application.

    Args:
        file: its name in the application; `name` is what its owner called it.
    """

    file: Literal["cv.pdf", "cv.docx", "cv.txt"]
    name: Name
    size_bytes: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def _each_once(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    names = [next(iter(row.model_dump().values())) for row in rows]
    if len(set(names)) < len(names):
        raise ValueError("is found twice")
    return rows


class Application(Record):
    """What somebody applies with.

    Args:
        draft: chance, drawn once for each draft; whoever knows it may send a correction.
        email: in its one spelling.
        country: ISO 3166-1, two letters; time_zone: IANA's name.
        degree: whatever its owner calls it; "" where there is none. Like the CV and the country it never decides.
        hours_a_week: how much time there would be.
        self_assessed_at: when the quick self-assessment was done; its answers stay with the applicant.
        came_by: whether somebody filled in the page, or an admin brought a file, which asks for no self-assessment.
    """

    format: Literal[1] = 1
    draft: DraftId
    name: Name
    email: Annotated[str, AfterValidator(normal_email)]
    country: Annotated[str, _one_of(countries)]
    time_zone: Annotated[str, _one_of(time_zones)]
    languages: Annotated[tuple[LanguageLevel, ...], _ROWS, AfterValidator(_each_once)]
    domains: Annotated[tuple[DomainYears, ...], _ROWS, AfterValidator(_each_once)]
    degree: Line = ""
    hours_a_week: Annotated[int, Field(ge=1, le=80)]
    consent: Consent
    cv: CvFile | None = None
    self_assessed_at: AwareDatetime | None = None
    came_by: Literal["page", "file"] = "page"


WANTED: Mapping[str, str] = {
    "": "an application",
    **dict.fromkeys(("format", "draft", "self_assessed_at", "came_by"), "the file as the page packed it"),
    "name": "your name, in one line of at most 200 characters",
    "email": "one e-mail address, such as ada@example.org",
    "country": "a country of the list; in files its code of two letters, such as ES",
    "time_zone": "a time zone of the list, such as Europe/Madrid",
    "languages": f"at least one language and at most {MAX_ROWS}, each of them once",
    "languages.*.language": "a language of the list; in files its code, such as en",
    "languages.*.level": f"a level: {', '.join(LEVELS)}",
    "domains": f"at least one domain and at most {MAX_ROWS}, each of them once",
    "domains.*.domain": "a domain of the list; in files its name in small letters, such as natural-sciences",
    "domains.*.years": "whole years of practice, 0 to 70",
    "degree": "one line of at most 200 characters, or nothing",
    "hours_a_week": "whole hours a week, 1 to 80",
    "consent": "your consent; without it nobody may keep what you write here",
    "cv": "a CV as PDF, DOCX or text, or none",
}
"""What each field takes, in words that continue "Please give …"."""


def problems(data: Any) -> dict[str, str]:
    """What is wrong with an application, by field (`languages.0.level`); empty if it can be sent."""
    try:
        Application.model_validate(data)
    except ValidationError as error:
        return _by_field(error)
    return {}


def parse_application(text: str | bytes) -> Application:
    """Read an application; UsageError with the first of its problems."""
    try:
        return Application.model_validate_json(text)
    except ValidationError as error:
        field, problem = next(iter(_by_field(error).items()))
        raise UsageError(f"{APPLICATION_FILE}: {field or 'the whole'}: {problem}") from None


def _by_field(error: ValidationError) -> dict[str, str]:
    found: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False, include_context=False):
        field, wanted = _field(detail["loc"])
        found.setdefault(field, f"Please give {wanted}." if wanted else "There is no such field in an application.")
    # rows with problems count as missing; the rows themselves say it better
    inside = {field.partition(".")[0] for field in found if "." in field}
    return {field: text for field, text in found.items() if field not in inside}


def _field(place: tuple[int | str, ...]) -> tuple[str, str]:
    """The nearest field that we have words for, and what it takes; none for a field that there is not."""
    for length in range(len(place), -1, -1):
        name = ".".join(map(str, place[:length]))
        wanted = WANTED.get(re.sub(r"\.\d+", ".*", name))
        if wanted and (length or not place):
            return name, wanted
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in str(place[0])[:60]), ""
