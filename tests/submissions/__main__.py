"""Prints what there is: `python -m tests.submissions`."""

from rich.console import Console
from rich.table import Table

from tests.submissions.collection import load


def main() -> None:
    """One row per attack."""
    table = Table("attack", "tries", "earns", "what the record says of it", "on plain nbgrader it")
    for name, sample in load("attacks").items():
        about = sample.about
        earns = "no score" if about.earns is None else f"{about.earns:g}"
        table.add_row(name, about.tries, earns, about.refused or about.remark, about.on_nbgrader or "")
    Console().print(table)


if __name__ == "__main__":
    main()
