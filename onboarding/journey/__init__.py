"""An applicant's way from application to talent pool: a pure state machine, its journal, and what moves it."""
