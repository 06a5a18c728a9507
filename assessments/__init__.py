"""What is asked and what an answer looks like: the applicant's side, which holds no key."""

__version__ = "0.1.0"
