"""Writes score tables: for the terminal, for programs, for spreadsheets, for a browser."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assessments.errors import UsageError
from grader.scores import SKILL_PREFIX

SHARES = ("score", "share", "mean score", "sd", "lower quartile", "median", "upper quartile")
FORMULA_STARTS = ("=", "+", "-", "@", "#")


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table without control characters, and with a leading apostrophe before what a spreadsheet would run."""

    def plain(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = "".join(char if char.isprintable() or char in "\n\t" else "\ufffd" for char in value)
        return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) or text != text.lstrip("\t\r\n") else text

    return table.map(plain)


def _csv(table: pd.DataFrame) -> bytes:
    # quoted, so that a spreadsheet which splits at semicolons does not find a formula behind one
    return harmless(table).to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC).encode()


def _json(table: pd.DataFrame) -> bytes:
    text = table.to_json(orient="records", date_format="iso", indent=1, force_ascii=False)
    return f"{text}\n".encode()


def _html(table: pd.DataFrame) -> bytes:
    style = "<style>body{font-family:sans-serif}td,th{padding:.2em .7em;text-align:left}</style>"
    body = table.to_html(index=False, escape=True, na_rep="", float_format="{:.3g}".format, border=0)
    return f'<!doctype html><meta charset="utf-8"><title>Scores</title>{style}{body}\n'.encode()


def _with_text_responses(table: pd.DataFrame) -> pd.DataFrame:
    """Responses have many shapes; a column of a typed file has one."""
    if "response" in table:
        table = table.assign(response=table["response"].map(str, na_action="ignore"))
    return table


TEXT_FORMATS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {"csv": _csv, "json": _json, "html": _html}
FILE_FORMATS = ("parquet", "xlsx")
FORMATS = ("table", *TEXT_FORMATS, *FILE_FORMATS)


def write_table(table: pd.DataFrame, kind: str, output: Path | None, console: Console) -> None:
    """Show or write a table.

    Raises:
        UsageError: an unknown format, or one that needs a file without one.
    """
    if kind not in FORMATS:
        raise UsageError(f"unknown format {kind!r}; allowed: {', '.join(FORMATS)}")
    if kind == "table":
        console.print(terminal_table(table))
    elif kind in TEXT_FORMATS:
        content = TEXT_FORMATS[kind](table)
        _to(output, content)
    elif output is None:
        raise UsageError(f"{kind} cannot be shown in a terminal", tip="Name a file with --output FILE.")
    elif kind == "parquet":
        _with_text_responses(table).to_parquet(output, index=False)
    else:
        _write_xlsx(_with_text_responses(table), output)


def _to(output: Path | None, content: bytes) -> None:
    if output:
        output.write_bytes(content)
    else:
        print(content.decode(), end="")


def _write_xlsx(table: pd.DataFrame, output: Path) -> None:
    """Excel knows no time zones: times are written as UTC without one."""
    zoned = table.select_dtypes("datetimetz").columns
    plain = table.assign(**{name: table[name].dt.tz_localize(None) for name in zoned})
    harmless(plain).to_excel(output, index=False)


def terminal_table(table: pd.DataFrame) -> Table:
    """The table for a terminal; shares as percentages, control characters out."""
    shown = Table(header_style="bold")
    for name in table.columns:
        numeric = pd.api.types.is_numeric_dtype(table[name])
        shown.add_column(str(name), justify="right" if numeric else "left", overflow="fold")
    for row in table.itertuples(index=False):
        shown.add_row(*(Text(terminal_cell(name, value)) for name, value in zip(table.columns, row, strict=True)))
    return shown


def terminal_cell(name: object, value: Any) -> str:
    """One value as text: shares as percentages, no control characters, at most 300 characters."""
    if value is None or value is pd.NaT or value != value:  # NaN is not itself
        return "–"
    if isinstance(value, float):
        share = name in SHARES or str(name).startswith(SKILL_PREFIX)
        return f"{value:.0%}" if share else f"{value:.4g}"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d %H:%M}"
    return "".join(char if char.isprintable() else " " for char in str(value))[:300]
