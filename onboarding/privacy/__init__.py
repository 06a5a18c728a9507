"""Personal data: everything about a person for that person, erasing it, and erasing what was kept long enough."""
