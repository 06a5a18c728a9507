"""Gives the keys of the items in clinical-safety.toml that are drawn anew for everybody."""


def number(value, digits=2):
    """A number as people write it: thousands with a comma, no needless zeros."""
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def suspension(weight, per_kg, strength):
    """One weight-based dose of a suspension, in mL. The tempting wrong one reads the strength as mg per mL."""
    dose = weight * per_kg
    right = dose / strength * 5
    if not 3 <= right <= 18:
        return None
    texts = {
        "dose": number(dose),
        "right": number(right),
        "daily": number(4 * right),
        "forgot": number(dose / strength),
    }
    return {"answer": round(right, 4)}, texts


def divided(weight, per_kg, doses):
    """One of several equal doses of a daily amount, in mL of 250 mg in 5 mL."""
    day = weight * per_kg
    each = day / doses
    right = each / 50
    if not 3 <= right <= 16:
        return None
    words = {2: "two", 3: "three"}
    texts = {
        "times": words[doses],
        "day": number(day),
        "each": number(each),
        "right": number(right),
        "undivided": number(day / 50),
    }
    return {"answer": round(right, 4)}, texts


def syringe(marks, strength):
    """What a syringe of 5 mL with marks of 0.2 mL holds, in mg; the wrong reading takes them for 0.1 mL."""
    whole, small = divmod(marks, 5)
    if small in (0, 5):
        return None
    volume, misread = marks * 0.2, whole + small * 0.1
    texts = {
        "edge": 60 + marks * 10,
        "length": marks * 10,
        "rod": 358 - marks * 10,
        "whole": whole,
        "small": {1: "first", 2: "second", 3: "third", 4: "fourth"}[small],
        "volume": number(volume),
        "misread": number(misread),
        "right": number(volume * strength / 5),
        "wrong": number(misread * strength / 5),
        "each": number(strength / 5),
    }
    return {"answer": round(volume * strength / 5, 4)}, texts


def pump(rate, weight, milligrams):
    """The pump rate in mL/h for a dose in micrograms/kg/min."""
    each = milligrams * 1000 / 50
    hourly = rate * weight * 60
    right = hourly / each
    if not 1.5 <= right <= 20:
        return None
    texts = {
        "each": number(each),
        "hourly": number(hourly),
        "right": number(right),
        "minute": number(rate * weight / each, 3),
    }
    return {"answer": right}, texts


def drops(volume, hours, factor, gone, late):
    """Drops per minute for what is left of an infusion in the time that is left."""
    rest, left = volume - gone, hours - late
    if rest <= 0 or left < 2 or gone >= volume * late / hours:
        return None
    right = rest * factor / (left * 60)
    if not 15 <= right <= 120 or abs(right % 1 - 0.5) < 0.1:
        return None
    original = volume * factor / (hours * 60)
    if abs(original - right) < 3:
        return None
    texts = {
        "planned": number(volume),
        "rest": rest,
        "left": left,
        "exact": number(right),
        "right": round(right),
        "original": number(original, 0),
    }
    return {"answer": right}, texts


def strengths(right, lidocaine, percent, adrenaline, ampoules, glucose, insulin, digoxin):
    """Six statements about strengths; the letters in `right` say which of them hold."""
    values = {
        "a": (lidocaine * percent * 10, lidocaine * percent),
        "b": (adrenaline, adrenaline / 10),
        "c": (ampoules / 10, ampoules),
        "d": (glucose / 5, glucose * 2),
        "e": (insulin / 100, insulin / 10),
        "f": (digoxin / 1000, digoxin / 100),
    }
    texts = {f"v{key}": number(values[key][key not in right], 4) for key in values}
    texts |= {f"r{key}": number(values[key][0], 4) for key in values}
    return {"answer": sorted(right)}, texts


def phenytoin(weight, per_kg, fastest, fault):
    """Steps from a dose per kg to a pump rate, with one fault (or none) and what follows from it."""
    dose = weight * per_kg
    if (dose % fastest) or dose > min(2000, 60 * fastest):
        return None
    given = dose - 100 if fault == "s1" else dose
    ampoule = 25 if fault == "s2" else 50
    drawn = given / ampoule
    total = given / 10 + drawn if fault == "s3" else given / 10
    minutes = total * 10 / (2 * fastest) if fault == "s4" else given / fastest
    rate = total / minutes * (100 if fault == "s5" else 60)
    shown = {
        "s1": f"Dose: {weight} kg × {per_kg} mg/kg = {number(given)} mg.",
        "s2": f"The ampoules contain {ampoule} mg per mL, so {number(given)} mg are {number(drawn, 1)} mL.",
        "s3": f"Final volume at 10 mg/mL: {_final(given, drawn, fault)} = {number(total, 1)} mL.",
        "s4": f"Shortest time: {_shortest(given, fastest, minutes, fault)}.",
        "s5": f"Pump: {number(total, 1)} mL in {number(minutes, 1)} minutes are {number(rate, 1)} mL/h.",
    }
    why = {
        "s1": f"{weight} × {per_kg} is {number(dose)}, not {number(given)}.",
        "s2": "250 mg in 5 mL are 50 mg per mL, not 25.",
        "s3": "10 mg/mL is the final strength, so what is drawn up is part of that volume and is not added to it.",
        "s4": f"{number(given)} ÷ {fastest} is {number(given / fastest, 1)} minutes; here the limit was doubled.",
        "s5": f"an hour has 60 minutes, so {number(minutes, 1)} minutes are not {number(minutes / 100, 3)} hours.",
        "none": "every step is right: the tempting thing is to find a fault where a result only looks unfamiliar.",
    }
    return {"answer": fault}, shown | {"why": why[fault]}


def _final(given, drawn, fault):
    sum_ = f"{number(given)} ÷ 10"
    return f"{sum_} + {number(drawn, 1)}" if fault == "s3" else sum_


def _shortest(given, fastest, minutes, fault):
    limit = 2 * fastest if fault == "s4" else fastest
    return f"{number(given)} mg ÷ {limit} mg/min = {number(minutes, 1)} minutes"


def lidocaine(weight, percent, given, fault):
    """Steps to how much local anaesthetic is left under a limit, with one fault (or none) and what follows from it."""
    by_weight = 3 * weight
    if fault == "s2" and by_weight <= 200:
        return None
    limit = by_weight if fault == "s2" else min(200, by_weight)
    each = 10 * (3 - percent) if fault == "s3" else 10 * percent
    used = given * each
    if fault == "s4":
        used = used - 20
    left = limit - used
    if fault == "s5":
        left = left + 10
    if used <= 0 or left < 20:
        return None
    cap = f"{by_weight} mg lie {'within' if by_weight <= 200 else 'above'} the fixed limit of 200 mg"
    second = f"{cap}, so {limit} mg are the most he may have."
    if fault == "s2":
        second = f"As he weighs more than 60 kg, the limit by weight holds: {limit} mg are the most he may have."
    shown = {
        "s1": f"Limit by weight: {weight} kg × 3 mg/kg = {by_weight} mg.",
        "s2": second,
        "s3": f"Lidocaine {percent}% contains {each} mg in each mL.",
        "s4": f"He has had {given} mL: {given} × {each} mg = {used} mg.",
        "s5": f"Left: {limit} − {used} = {left} mg.",
        "s6": f"{left} mg ÷ {each} mg/mL = {number(left / each, 1)} mL may still be injected.",
    }
    why = {
        "s2": "the house rule says at most 200 mg, whatever the weight; the lower of the two limits holds.",
        "s3": f"{percent}% is {percent} g in 100 mL, so {10 * percent} mg per mL, not {each}.",
        "s4": f"{given} × {each} is {given * each}, not {used}.",
        "s5": f"{limit} − {used} is {limit - used}, not {left}.",
        "none": "every step is right; who picks one has taken suspicion for care.",
    }
    return {"answer": fault}, shown | {"why": why[fault]}


def clearance(age, weight, creatinine, sex):
    """Creatinine clearance after Cockcroft and Gault (1976), in mL/min, with creatinine in micromol/L."""
    factor = {"man": 1.23, "woman": 1.04}[sex]
    right = (140 - age) * weight * factor / creatinine
    if not 15 <= right <= 75:
        return None
    other = right / factor * {"man": 1.04, "woman": 1.23}[sex]
    texts = {"right": number(right, 1), "factor": factor, "other": number(other, 1)}
    return {"answer": right}, texts


def apixaban(age, weight, creatinine):
    """Which dose the product information gives a man with atrial fibrillation; no case has two reasons for 2.5 mg."""
    met = sum([age >= 80, weight <= 60, creatinine >= 133])
    exact = (140 - age) * weight * 1.23 / creatinine
    cleared = round(exact)
    if abs(exact - 15) < 1 or abs(exact - 30) < 1 or cleared < 9:
        return None
    if cleared < 15:
        answer, why = "d", "the clearance is below 15 mL/min"
    elif cleared < 30 and met < 2:
        answer, why = (
            "c",
            f"the clearance of {cleared} mL/min decides by itself, although not two of the features are there",
        )
    elif cleared < 30:
        return None
    elif met >= 2:
        answer, why = "b", "at least two of the features are there, and the clearance is 30 mL/min or more"
    elif met == 0:
        return None
    else:
        answer, why = "a", "only one of the features is there, and the clearance is 30 mL/min or more"
    return {"answer": answer}, {"why": why, "clearance": cleared}


def news(breaths, saturation, oxygen, systolic, pulse, mind, tenths, fault):
    """A NEWS2 score, feature by feature (Royal College of Physicians, 2017), with one fault (or none)."""
    temperature = tenths / 10
    scores = {
        "s1": _band(breaths, (8, 3), (11, 1), (20, 0), (24, 2), (99, 3)),
        "s2": _band(saturation, (91, 3), (93, 2), (95, 1), (100, 0)),
        "s3": 2 if oxygen == "oxygen" else 0,
        "s4": _band(systolic, (90, 3), (100, 2), (110, 1), (219, 0), (300, 3)),
        "s5": _band(pulse, (40, 3), (50, 1), (90, 0), (110, 1), (130, 2), (250, 3)),
        "s6": 3 if mind == "newly confused" else 0,
        "s7": _band(tenths, (350, 3), (360, 1), (380, 0), (390, 1), (450, 2)),
    }
    right = sum(scores.values())
    slip = {
        "s1": {2: 1, 3: 2, 0: 1},
        "s2": {1: 0, 2: 1, 3: 2},
        "s3": {2: 0},
        "s4": {0: 1, 1: 0, 2: 1, 3: 2},
        "s5": {0: 1, 1: 0, 2: 1},
        "s6": {3: 1},
        "s7": {1: 0, 2: 1},
    }
    shown = dict(scores)
    if fault in slip:
        if scores[fault] not in slip[fault]:
            return None
        shown[fault] = slip[fault][scores[fault]]
    total = sum(shown.values()) - (1 if fault == "s8" else 0)
    if total < 3:
        return None
    texts = {f"p{key[1]}": value for key, value in shown.items()}
    texts |= {
        "total": total,
        "true": right,
        "temperature": f"{temperature:.1f}",
        "air": _air(oxygen),
        "fault": _said(fault),
    }
    return {"answer": fault}, texts


def _band(value, *bands):
    return next(score for highest, score in bands if value <= highest)


def _air(oxygen):
    return "on oxygen, 2 L/min" if oxygen == "oxygen" else "on air"


def _said(fault):
    if fault == "none":
        return "Every step is right here; who names one has not gone back to the table"
    if fault == "s8":
        return "All seven scores are right here, but their sum is one too low"
    feature = {
        "s1": "breathing",
        "s2": "saturation",
        "s3": "oxygen (any supplementary oxygen scores 2)",
        "s4": "systolic pressure",
        "s5": "the pulse",
        "s6": "consciousness (new confusion scores 3, as does anything but alert)",
        "s7": "temperature",
    }[fault]
    return f"The score for {feature} is not that of the table"
