"""Fills in the numbers of the templates in general-tasks.toml."""

MINUTES = 60


def rent(before, first, second):
    """Two rises undone one after the other, and both at once, which is wrong."""
    middle, now = before * (100 + first), before * (100 + first) * (100 + second)
    if first <= second or middle % 100 or now % 10000:
        return None
    now //= 10000
    total = first + second
    wrong = now * (100 - total) / 100
    texts = {
        "old": thousands(before),
        "middle": thousands(middle // 100),
        "now": thousands(now),
        "sum": total,
        "factor1": f"{1 + first / 100:g}",
        "factor2": f"{1 + second / 100:g}",
        "part": f"{now * total / 100:,.2f}",
        "wrong": f"{wrong:,.2f}",
        "back": f"{wrong * (100 + first) * (100 + second) / 10000:,.2f}",
    }
    return {}, texts


def stay(day, year):
    """The last of 90 days from a day in February of a leap year."""
    days29 = 30 - day
    texts = {
        "days28": days29 - 1,
        "days29": days29,
        "total28": days29 + 60,
        "total29": days29 + 61,
        "right": 90 - days29 - 61,
        "wrong": 90 - days29 - 60,
    }
    return {}, texts


def generator(tank, use):
    """How long a tank lasts, where it comes to full ten minutes."""
    tenths = round(float(use) * 10)
    if tank * 10 * MINUTES % (tenths * 10):
        return None
    hours, minutes = divmod(tank * 10 * MINUTES // tenths, MINUTES)
    return {}, {"time": f"{hours} hours and {minutes} minutes" if minutes else f"{hours} hours"}


def paint(width, length, openings):
    """Tins for one coat, which is wrong, and for two; combinations in which the two are clearly apart."""
    around = 2 * (width + length)
    area = around * 2.5 - openings
    tins = area / 25
    wrong, right = -int(-tins // 1), -int(-2 * tins // 1)
    if width >= length or right <= wrong or tins == int(tins) or 2 * tins == int(2 * tins):
        return None
    texts = {
        "around": around,
        "walls": f"{around * 2.5:g}",
        "area": f"{area:g}",
        "litres": f"{area / 10:g}",
        "tins": f"{tins:g}",
        "wrong": wrong,
        "twice": f"{2 * area:g}",
        "litres2": f"{area / 5:g}",
        "right": right,
    }
    return {}, texts


def petrol(people, distance, use, price):
    """A share by litres per 100 km, and by dividing the kilometres by the litres, which is wrong."""
    number = {"Three": 3, "Four": 4, "Five": 5}[people]
    litres = distance * float(use) / 100
    wrong_litres = round(distance / float(use), 2)
    wrong_cost = round(wrong_litres * float(price), 2)
    amounts = litres * float(price), litres * float(price) / number, wrong_litres * float(price), wrong_cost / number
    if any(abs(amount * 100 % 1 - 0.5) < 0.01 for amount in amounts):
        return None
    texts = {
        "number": number,
        "litres": f"{litres:.2f}",
        "cost": f"{litres * float(price):.2f}",
        "right": f"{litres * float(price) / number:.2f}",
        "litreswrong": f"{wrong_litres:.2f}",
        "costwrong": f"{wrong_cost:.2f}",
        "wrong": f"{wrong_cost / number:.2f}",
    }
    return {}, texts


def shift(start, end, pause):
    """The paid hours of a shift over midnight."""
    begins, ends = (int(each[:2]) + int(each[3:]) / 60 for each in (start, end))
    present = 24 + ends - begins
    texts = {
        "startnumber": f"{begins:g}",
        "endnumber": f"{ends:g}",
        "endlater": f"{ends + 24:g}",
        "before": f"{24 - begins:g}",
        "beforewrong": f"{24 - int(start[:2]) + int(start[3:]) / 60:g}",
        "present": f"{present:g}",
        "pausenumber": f"{pause / 60:g}",
        "paid": f"{present - pause / 60:g}",
    }
    return {}, texts


def extension(limit, heater, kettle):
    """Two appliances that each stay below the limit and together do not."""
    if max(heater, kettle) >= limit or heater + kettle < 1.3 * limit:
        return None
    texts = {
        "left1": thousands(limit - heater),
        "left2": thousands(limit - kettle),
        "total": thousands(heater + kettle),
    }
    return {}, texts | {"most": thousands(limit), "first": thousands(heater), "second": thousands(kettle)}


def parcel(weight, light, step, cover):
    """Two prices that depend on the weight, and one thing that the user has not said."""
    grams = round(float(weight) * 1000)
    prices = [light, light + step]
    price = prices[grams > 2000]
    texts = {
        "small": money(prices[0]),
        "large": money(prices[1]),
        "extra": money(cover),
        "price": money(price),
        "covered": money(price + cover),
        "row": 5 if grams > 2000 else 2,
    }
    return {}, texts


def thousands(number):
    return f"{number:,}"


def money(pence):
    return f"{pence / 100:.2f}"
