"""Applying to the talent pool: the record, the page, the packed file. Needs the applicant's side alone."""
