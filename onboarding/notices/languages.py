"""The languages of notices."""

FALLBACK = "en"
LOCALES = {"en": "en_GB", "es": "es_ES"}
LANGUAGES = tuple(LOCALES)
