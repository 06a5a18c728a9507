"""`python -m assessments` is the command `talentpool`."""

from assessments.cli import main

main()
