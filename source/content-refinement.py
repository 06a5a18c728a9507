"""Fills the templates in content-refinement.toml and gives their keys. `None` refuses a combination of parameters."""

from datetime import date
from fractions import Fraction


def euros(amount):
    """As a price: `1,234.50`."""
    return f"{float(amount):,.2f}"


def whole(amount):
    """A whole number with separators: `12,000`."""
    return f"{int(amount):,}"


def number(value):
    """As short as it can be: `5.5`, `0.336`."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def heating(thousands, pa, pu, wrong):
    """A heating bill in five steps, of which the one called `wrong` is wrong."""
    if pa == pu:
        return None
    total, area, units = thousands, round(pa * 12), round(pu * 200)
    part_area, part_units = Fraction(total) * 3 / 10, Fraction(total) * 7 / 10
    if wrong == "s1":
        part_area, part_units = part_units, part_area
    percent_area, percent_units = Fraction(str(pa)), Fraction(str(pu))
    used_area = percent_area + Fraction(1, 2) if wrong == "s2" else percent_area
    used_units = percent_area if wrong == "s3" else percent_units
    pay_area, pay_units = part_area * used_area / 100, part_units * used_units / 100
    result = pay_area + pay_units + (10 if wrong == "s5" else 0)
    swapped = "70" if wrong == "s1" else "30"
    rounded = f", so about {number(used_area)} %" if wrong == "s2" else ""
    of_units = f"{whole(units)} of 20,000 units are {number(pu)} %"
    share_units = f"Your share of {number(pa)} % of that is" if wrong == "s3" else f"Your {of_units}, which is"
    by_area = (
        f"€{euros(part_area)} / 1,200 m² = €{euros(part_area / 1200)} for a square metre, and {area} of them are "
        f"€{euros(part_area * area / 1200)}"
    )
    by_units = (
        f"€{euros(part_units)} / 20,000 units = €{number(part_units / 20000)} for a unit, and {whole(units)} of them "
        f"are €{euros(part_units * units / 20000)}"
    )
    check = f"Check by prices: {by_area}. {by_units}. "
    if wrong == "s4":
        one = f"{number(pa)} % of €{euros(part_area)} is €{euros(pay_area)}"
        other = f"{number(pu)} % of €{euros(part_units)} is €{euros(pay_units)}"
        check = f"Check: I calculate it once more. {one}, and {other}. It is the same."
    elif wrong == "s3":
        check = f"Check by the price of a square metre: {by_area}, as above."
    elif wrong == "s2":
        check += "The small difference comes from the rounding."
    else:
        check += "Both are as above."
    right_area, right_units = Fraction(total) * 3 / 10, Fraction(total) * 7 / 10
    told = {
        "s1": "step 1 takes 70 % by area, where the card has 30 %.",
        "s2": "step 2 goes on with a rounded share.",
        "s3": "step 3 takes the share of the area, where the card wants that of the units.",
        "s4": "step 4 repeats the calculation, which is no check.",
        "s5": "step 5 adds up wrongly.",
        "none": "every step is right.",
    }
    return {"answer": wrong}, {
        "total": whole(total),
        "area": area,
        "units": whole(units),
        "share_area": number(pa),
        "share_units": number(pu),
        "part_area": euros(right_area),
        "part_units": euros(right_units),
        "pay_area": euros(right_area * percent_area / 100),
        "pay_units": euros(right_units * percent_units / 100),
        "result": euros(right_area * percent_area / 100 + right_units * percent_units / 100),
        "told": told[wrong],
        "s1": f"First the part that goes by area: {swapped} % of €{whole(total)} is €{euros(part_area)}.",
        "s2": f"Your share of the area: {area} of 1,200 m² is {number(pa)} %{rounded}. {number(used_area)} % of "
        f"€{euros(part_area)} is €{euros(pay_area)}.",
        "s3": f"Then the part that goes by consumption: €{whole(total)} − €{euros(part_area)} = €{euros(part_units)}. "
        f"{share_units} €{euros(pay_units)}.",
        "s4": check,
        "s5": f"Result: your heating bill is €{euros(pay_area)} + €{euros(pay_units)} = €{euros(result)}.",
    }


MONTHS = {8: ("August", 31), 9: ("September", 30), 10: ("October", 31), 11: ("November", 30), 12: ("December", 31)}


def days(begin, daily, wrong):
    """A year's costs by days in five steps, of which the one called `wrong` is wrong."""
    day, name = begin.split()
    month = next(key for key, value in MONTHS.items() if value[0] == name)
    counted = (date(2025, 12, 31) - date(2025, month, int(day))).days + 1
    right = Fraction(str(daily))
    cost = right * 365
    used = counted - 1 if wrong == "s1" else counted
    year = 360 if wrong == "s2" else 365
    each = Fraction(round(cost / year * 100), 100)
    amount = each * used + (10 if wrong == "s3" else 0)
    other = 365 - used
    theirs = each * other
    first = MONTHS[month][1] - int(day) + (0 if wrong == "s1" else 1)
    parts = [f"{first} in {name}", *(f"{MONTHS[later][1]} in {MONTHS[later][0]}" for later in range(month + 1, 13))]
    both = f"€{euros(theirs)} + €{euros(amount)} = €{euros(theirs + amount)}"
    near = "about the costs" if theirs + amount != cost else "the costs"
    fourth = (
        f"Check from the other side: the {other} days before you came cost {other} × €{euros(each)} = "
        f"€{euros(theirs)}, and {both}, {near} of the whole year."
    )
    if wrong == "s4":
        fourth = f"Check: I multiply once more. {used} × €{euros(each)} is €{euros(amount)}, as above."
    if wrong == "s5" and amount.denominator == 1:
        return None
    told = {
        "s1": "step 1 leaves out the day of moving in.",
        "s2": "step 2 takes a year of 360 days.",
        "s3": "step 3 multiplies wrongly.",
        "s4": "step 4 repeats the multiplication, which is no check.",
        "s5": "step 5 rounds to whole euros.",
        "none": "every step is right.",
    }
    return {"answer": wrong}, {
        "start": f"{begin} 2025",
        "cost": euros(cost),
        "days": counted,
        "result": euros(right * counted),
        "told": told[wrong],
        "s1": f"First your days: {', '.join(parts[:-1])} and {parts[-1]}, {used} days in all.",
        "s2": f"Then the costs of one day: €{euros(cost)} / {year} days = €{euros(each)} a day.",
        "s3": f"Your part of the costs: {used} days × €{euros(each)} a day = €{euros(amount)}.",
        "s4": fourth,
        "s5": f"Result: your part is €{whole(round(amount)) if wrong == 's5' else euros(amount)}.",
    }


def laundry(wash_cents, dry_cents, flat, loads, wrong):
    """From when a flat rate is cheaper, in five steps, of which the one called `wrong` is wrong."""
    if wash_cents != 2 * dry_cents:
        return None
    prices = (Fraction(wash_cents, 100), Fraction(dry_cents, 100))
    true_load = sum(prices)
    if wrong == "s1":
        prices = (Fraction(12, 5), Fraction(6, 5))
    load = sum(prices)
    ratio, true_ratio = flat / load, flat / true_load
    under, true_under = int(ratio), int(true_ratio)
    if min(ratio - under, true_ratio - true_under) < Fraction(1, 10):
        return None
    if max(under, true_under) + 1 >= loads or true_ratio - true_under > Fraction(45, 100):
        return None
    pays_from = under if wrong == "s2" else under + 1
    single = loads * load
    saved = single - flat + (1 if wrong == "s3" else 0)
    # after a slip in step 3 the check is bent until it agrees, as such drafts do
    beyond = loads - under - 1
    more, rest = (under + 1) * load - flat, beyond * load
    others = f"{beyond} loads cost" if beyond > 1 else "load costs"
    quotient = f"{int(ratio * 100) / 100:.2f}…"
    fourth = (
        f"Check by totals: {under} loads cost €{euros(under * load)} one by one, less than €{euros(flat)}; "
        f"{under + 1} cost €{euros((under + 1) * load)}, which is €{euros(more)} more. Your other {others} €{euros(rest)}, and "
        f"€{euros(more)} + €{euros(rest)} = €{euros(saved)}."
    )
    if wrong == "s4":
        fourth = f"Check: I divide once more. €{euros(flat)} / €{euros(load)} = {quotient}, as above."
    elif wrong == "s2":
        fourth = (
            f"Check by totals: {under - 1} loads cost €{euros((under - 1) * load)} one by one, and {under} loads cost "
            f"€{euros(under * load)}, nearly the €{euros(flat)} of the flat rate."
        )
    period = "year" if wrong == "s5" else "month"
    fifth = (
        f"Result: the flat rate is cheaper from {pays_from} loads a month, and saves you €{euros(saved)} a {period}."
    )
    told = {
        "s1": "step 1 takes the prices of the earlier entry.",
        "s2": "step 2 rounds down, though that number of loads is still cheaper one by one.",
        "s3": "step 3 subtracts wrongly.",
        "s4": "step 4 repeats the division, which is no check.",
        "s5": "step 5 calls the saving of a month that of a year.",
        "none": "every step is right.",
    }
    return {"answer": wrong}, {
        "wash": euros(Fraction(wash_cents, 100)),
        "dry": euros(Fraction(dry_cents, 100)),
        "load": euros(true_load),
        "under": true_under,
        "over": true_under + 1,
        "single": euros(loads * true_load),
        "saved": euros(loads * true_load - flat),
        "told": told[wrong],
        "s1": f"One load, washed and dried, costs €{euros(prices[0])} + €{euros(prices[1])} = €{euros(load)}.",
        "s2": f"The flat rate in loads: €{euros(flat)} / €{euros(load)} = {quotient}, so it is cheaper from "
        f"{pays_from} loads.",
        "s3": f"Your {loads} loads cost {loads} × €{euros(load)} = €{euros(single)} one by one. With the flat rate "
        f"you save €{euros(single)} − €{euros(flat)} = €{euros(saved)}.",
        "s4": fourth,
        "s5": fifth,
    }


def water(used, price, sewage, fee, paid):
    """What is still to be paid for water."""
    both = Fraction(str(price)) + Fraction(str(sewage))
    owed = used * both + 12 * fee - 12 * paid
    if not 30 <= owed <= 250 or owed.denominator == 1:
        return None
    return {}, {
        "price_text": euros(price),
        "sewage_text": euros(sewage),
        "both": euros(both),
        "by_use": euros(used * both),
        "fresh": euros(used * Fraction(str(price))),
        "waste": euros(used * Fraction(str(sewage))),
        "fees": euros(12 * fee),
        "fees_short": 12 * fee,
        "whole_year": euros(used * both + 12 * fee),
        "paid_year": euros(12 * paid),
        "paid_short": 12 * paid,
        "owed": euros(owed),
        "owed_month": euros(round(owed / 12, 2)),
    }


def index(rent, before, after):
    """A rent that follows an index of prices."""
    old, new = Fraction(str(before)), Fraction(str(after))
    exact = rent * new / old
    result = Fraction(round(exact * 100), 100)
    ratio = new / old
    rise = Fraction(round(ratio * 1000), 1000) * rent
    early = Fraction(round((ratio - 1) * 1000), 1000) * rent + rent
    if not Fraction(2, 100) <= ratio - 1 <= Fraction(5, 100) or result in (rise, early) or result.denominator == 1:
        return None
    percent = float((ratio - 1) * 100)
    return {}, {
        "rent_text": euros(rent),
        "before_text": f"{before:.1f}",
        "after_text": f"{after:.1f}",
        "ratio": f"{float(ratio):.5f}",
        "ratio_4": f"{float(ratio):.4f}",
        "ratio_3": f"{float(ratio):.3f}",
        "percent_2": f"{percent:.2f}",
        "percent_3": f"{percent:.3f}",
        "percent_4": f"{percent:.4f}",
        "result": euros(result),
        "rise": euros(result - rent),
        "point": f"{float(rent / old):.4f}",
        "point_3": f"{float(rent / old):.3f}",
        "points": f"{float(new - old):.1f}",
        "early": euros(Fraction(round((ratio - 1) * 100), 100) * rent + rent),
    }


def roof(used, supplier, ours, base_supplier, base_ours):
    """What current from the roof saves in a year."""
    theirs, here = Fraction(str(supplier)), Fraction(str(ours))
    a, b = used * theirs + 12 * base_supplier, used * here + 12 * base_ours
    if a - b < 40 or (a - b).denominator == 1:
        return None
    return {}, {
        "supplier_text": f"{float(theirs):.3f}",
        "ours_text": f"{float(here):.3f}",
        "used_text": whole(used),
        "theirs_kwh": euros(used * theirs),
        "ours_kwh": euros(used * here),
        "theirs_base": 12 * base_supplier,
        "ours_base": 12 * base_ours,
        "theirs_all": euros(a),
        "ours_all": euros(b),
        "gap": f"{float((theirs - here) * 100):.1f}",
        "gap_euros": f"{float(theirs - here):.3f}",
        "by_kwh": euros(used * (theirs - here)),
        "by_base": 12 * (base_ours - base_supplier),
        "saved": euros(a - b),
    }
