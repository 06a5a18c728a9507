"""Sample submissions, named for what is in them: honest ones, and one for each known way to steal, spy or break."""
