"""From submission to score table: banks with keys, releases, intake, sandbox, judge, gradebook."""
