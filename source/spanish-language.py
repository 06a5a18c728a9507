"""Plantillas del banco de español: qué se calcula a partir de lo que se sortea."""

HUNDREDS = {200: "doscient", 300: "trescient", 500: "quinient", 700: "setecient", 900: "novecient"}
TENS = {30: "treinta", 40: "cuarenta", 50: "cincuenta", 60: "sesenta", 70: "setenta", 80: "ochenta", 90: "noventa"}

ORDINALS = {
    14: ("decimocuarto", "catorceavo", "décimocuarto", "decimo cuarto"),
    15: ("decimoquinto", "quinceavo", "décimoquinto", "decimo quinto"),
    16: ("decimosexto", "dieciseisavo", "décimosexto", "decimo sexto"),
    18: ("decimoctavo", "dieciochoavo", "décimoctavo", "decimo octavo"),
    24: ("vigesimocuarto", "veinticuatroavo", "vigésimocuarto", "vigesimo cuarto"),
    25: ("vigesimoquinto", "veinticincoavo", "vigésimoquinto", "vigesimo quinto"),
    26: ("vigesimosexto", "veintiseisavo", "vigésimosexto", "vigesimo sexto"),
}

ACCENTED = {
    "examenes": "exámenes",
    "resumenes": "resúmenes",
    "heroe": "héroe",
    "egoista": "egoísta",
    "caida": "caída",
    "raiz": "raíz",
    "util": "útil",
    "fosil": "fósil",
    "facilmente": "fácilmente",
    "comodamente": "cómodamente",
    "comics": "cómics",
    "biceps": "bíceps",
    "acentua": "acentúa",
    "prohibe": "prohíbe",
    "oir": "oír",
    "freir": "freír",
    "angel": "ángel",
    "dolar": "dólar",
    "baul": "baúl",
    "pais": "país",
}

MISSPELT = {
    "Nos explicaron porqué se retrasó el envío.",
    "No quiere té, si no café.",
    "Sino llueve, saldremos temprano.",
    "Vamos haber qué opina ella.",
    "Haber si mañana contestan.",
    "Aun no han llegado los libros.",
    "Aún así, prefiero esperar.",
    "Dile que te de la llave.",
    "Se que vendrá a la reunión.",
    "Hay que hechar sal al agua.",
    "Hecho de menos aquel barrio.",
    "No creo que halla otra salida.",
    "Espero que halla sitio para todos.",
    "Este paquete es para tí.",
    "Este paquete es para mi.",
}

DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
LENGTHS = {"marzo": 31, "mayo": 31, "abril": 30, "junio": 30, "octubre": 31, "noviembre": 30}


def feminine(hundreds, tens, noun):
    """Un cardinal terminado en uno ante un sustantivo femenino."""
    stem = HUNDREDS[hundreds]
    one, apocope = ("veintiuna", "veintiún") if tens == 20 else (f"{TENS[tens]} y una", f"{TENS[tens]} y un")
    texts = {
        "number": str(hundreds + tens + 1),
        "h_f": f"{stem}as",
        "h_m": f"{stem}os",
        "una": one,
        "un": apocope,
        "noun_sg": noun.removesuffix("s"),
    }
    return {"answer": "a"}, texts


def ordinal(number, noun):
    """Un ordinal frente a la forma fraccionaria y a otras con la tilde mal puesta o sin ella."""
    right, fraction, accented, split = ORDINALS[number]
    return {"answer": "b"}, {"right": right, "fraction": fraction, "accented": accented, "split": split}


def accents(**words):
    """Cuántas palabras llevan tilde; ni casi ninguna ni casi todas."""
    marked = [ACCENTED[word] for word in words.values() if word in ACCENTED]
    if not 3 <= len(marked) <= 7:
        return None
    unmarked = [word for word in words.values() if word not in ACCENTED]
    return {"answer": len(marked)}, {
        "count": len(marked),
        "marked": ", ".join(marked),
        "unmarked": ", ".join(unmarked),
    }


def misspelt(**sentences):
    """Cuántas oraciones contienen un error; ni casi ninguna ni casi todas."""
    wrong = [name.removeprefix("s") for name, sentence in sentences.items() if sentence in MISSPELT]
    if not 2 <= len(wrong) <= 6:
        return None
    wrong.sort(key=int)
    return {"answer": len(wrong)}, {"count": len(wrong), "wrong": ", ".join(wrong)}


def deadline(weekday, day, month, days):
    """El último día de un plazo que no termina en domingo; los sorteados vencen en sábado o en domingo."""
    last = (DAYS.index(weekday) + days) % 7
    if last not in (5, 6):
        return None
    shift = 1 if last == 6 else 0
    end = day + days + shift
    length = LENGTHS[month]
    date = end - length if end > length else end
    early = day + days - 1
    return {"answer": date}, {
        "length": length,
        "answer_day": date,
        "last": DAYS[last],
        "raw": day + days - length if day + days > length else day + days,
        "early": early - length if early > length else early,
        "moved": "cae en domingo, así que el plazo termina el lunes"
        if shift
        else "no cae en domingo, así que no se mueve",
    }


def bicycle(price, age, helmet, hour, minutes):
    """Lo que se paga por una bicicleta con casco."""
    quarters = -(-(minutes - 30) // 15)
    ride = quarters * price
    reduced = ride * 4 // 5
    cap = 0 if age < 18 else helmet
    end = hour * 60 + minutes
    return {"answer": reduced + cap}, {
        "end": f"{end // 60}:{end % 60:02d}",
        "quarters": quarters,
        "ride": ride,
        "reduced": reduced,
        "cap": cap,
        "total": reduced + cap,
        "rest": minutes - 30,
    }
