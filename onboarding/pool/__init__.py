"""The talent pool: who is in it, for what and how much; searching it; badges for qualifications."""
