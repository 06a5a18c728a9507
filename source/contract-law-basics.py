"""Gives the keys of the questions in contract-law-basics.toml that are drawn anew for everybody."""

from calendar import monthrange
from datetime import date, timedelta
from math import ceil

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def press(case, people, thing, price):
    """An offer that ended before it was taken up, or did not."""
    seller, buyer = people.split(" and ")
    low = money(round(price * 0.85 / 50) * 50)
    take = f"*Then I take it for {money(price)} euros.*"
    stories = {
        "counter": f"On Tuesday {buyer} writes: *No. But I will buy it for {low} euros.* Nothing comes back. On "
        f"Thursday {buyer} writes: {take}",
        "late": f"The week goes by. On Saturday {buyer} writes: *I was ill, and I take it for {money(price)} euros.*",
        "instalments": f"On Tuesday {buyer} writes: *I am still thinking about it. May I ask whether you take "
        f"instalments?* On Wednesday {seller} writes: *I do not.* On Thursday {buyer} writes: {take}",
        "delivery": f"On Tuesday {buyer} writes: *Quick question before I decide: could it be delivered to me?* On "
        f"Wednesday {seller} writes: *No, you would have to fetch it.* On Thursday {buyer} writes: {take}",
    }
    whys = {
        "counter": "A reply that refuses and names another price is a rejection and a new offer (PICC 2016, Articles "
        "2.1.11 and 2.1.5): the first offer is gone, whatever time was left, and the last message is a new offer, "
        "which nobody accepted. Who says that it still stood looks at the deadline only. (Had the answer been that "
        "the price cannot be reduced, a court might have read that as a renewed offer: Livingstone v Evans, Alberta, "
        "1925.)",
        "late": "An acceptance has to arrive within the time that was set (PICC 2016, Article 2.1.7). One that is late "
        "counts only if the other side says so without undue delay (Article 2.1.9), and illness changes nothing.",
        "instalments": "To ask whether something might be changed refuses nothing, so the offer stood until Friday: "
        "Thursday was in time. Who says that it had ended takes the question for a counter-offer (compare PICC 2016, "
        "Article 2.1.11; in English law Stevenson v McLean, 1880).",
        "delivery": "To ask for a detail refuses nothing, so the offer stood until Friday: Thursday was in time. Who "
        "says that it had ended takes the question for a counter-offer (compare PICC 2016, Article 2.1.11; in English "
        "law Stevenson v McLean, 1880).",
    }
    texts = {
        "seller": seller,
        "buyer": buyer,
        "price": money(price),
        "story": stories[case],
        "why": whys[case],
    }
    return {"answer": "c" if case in ("counter", "late") else "a"}, texts


def notice(months, unit, month, before, day):
    """To which date a contract ends, by the day on which the notice arrives."""
    sent = last_of(2027, month) - timedelta(days=before)
    arrived = date(2027, month + 1, day)
    right = end_of(unit, plus_months(arrived, months))
    dates = {
        "right": right,
        "by_sent": end_of(unit, plus_months(sent, months)),
        "exact": plus_months(arrived, months),
        "next": end_of(unit, right + timedelta(days=1)),
    }
    if len(set(dates.values())) < 4:
        return None
    texts = {name: written(when) for name, when in dates.items()}
    return {"answer": "b"}, {**texts, "sent": written(sent), "arrived": written(arrived), "count": count(months)}


def renewal(month, years, months, shift):
    """When a contract ends that renews itself, if the notice arrives some days before or after its last day."""
    start = date(2027 - years, month, 1)
    first = plus_months(start, 12 * years) - timedelta(days=1)
    deadline = last_of(*divmod_month(first.year, first.month - months))
    arrived = deadline + timedelta(days=shift)
    posted = arrived - timedelta(days=2 + max(shift, 0))
    ends = [first, *(plus_months(start, 12 * (years + more)) - timedelta(days=1) for more in (1, 2))]
    late = shift > 0
    texts = {
        "start": written(start),
        "term": "one year" if years == 1 else "two years",
        "count": count(months),
        "posted": written(posted),
        "arrived": written(arrived),
        "first": written(ends[0]),
        "second": written(ends[1]),
        "third": written(ends[2]),
        "plain": written(plus_months(arrived, months)),
        "deadline": written(deadline),
        "so": "arrived too late, although it was posted in time, and the contract runs for one more year"
        if late
        else "arrived in time, and nothing is renewed",
    }
    return {"answer": "d" if late else "a"}, texts


def acceptance(offset, days, travel):
    """The last day on which an acceptance may arrive, with a weekend put off to Monday."""
    dated = date(2027, 1, 11) + timedelta(days=offset)
    arrived = dated + timedelta(days=travel)
    if is_weekend(dated) or is_weekend(arrived):
        return None
    raw = dated + timedelta(days=days)
    right, early = put_off(raw), raw - timedelta(days=1)
    wrongs = [
        raw,
        raw if is_weekend(early) else early,
        put_off(arrived + timedelta(days=days)),
        plus_business(dated, days),
        plus_business(right, 1),
    ]
    wrongs = [*dict.fromkeys(day for day in wrongs if day != right)]
    if len(wrongs) < 3:
        return None
    texts = {
        "dated": with_day(dated),
        "arrived": with_day(arrived),
        "raw": with_day(raw),
        "right": with_day(right),
        "so": "so it is put off to Monday" if is_weekend(raw) else "a business day, so it stays",
        **{f"wrong{number}": with_day(day) for number, day in enumerate(wrongs[:3], 1)},
    }
    return {"answer": "c"}, texts


def defects(offset, inspect, report):
    """The last day for a notice of defects: business days first, calendar days afterwards."""
    arrived = date(2027, 2, 1) + timedelta(days=offset)
    if is_weekend(arrived):
        return None
    end = plus_business(arrived, inspect)
    right = end + timedelta(days=report)
    dates = {
        "right": right,
        "calendar": arrived + timedelta(days=inspect + report),
        "business": plus_business(end, report),
        "early": right - timedelta(days=3) if is_weekend(end - timedelta(days=1)) else right - timedelta(days=1),
    }
    if len(set(dates.values())) < 4:
        return None
    texts = {name: with_day(day) for name, day in dates.items()}
    return {"answer": "a"}, {**texts, "arrived": with_day(arrived), "end": with_day(end)}


def delay(total, share, rate, limit, late, offset):
    """An agreed payment for each week begun of delay, on the late part only and up to a limit."""
    if late % 7 == 0:
        return None
    due = date(2027, 3, 1) + timedelta(days=offset)
    part = total * share // 100
    weeks = ceil(late / 7)
    percent = min(rate * weeks, limit)
    texts = {
        "total": money(total),
        "part": money(part),
        "due": written(due),
        "came": written(due + timedelta(days=late)),
        "weeks": weeks,
        "full": late // 7,
        "earned": plain(rate * weeks),
        "percent": plain(percent),
        "answer": money(part * percent / 100),
        "whole": money(total * percent / 100),
    }
    return {"answer": part * percent / 100, "absolute_tolerance": 0.5}, texts


def cap(first, second, third, bearing, event, year):
    """What is paid for three losses, one caused on purpose, less a share of one's own, up to two limits."""
    paid = [min(loss - bearing, event) for loss in (first, second)]
    ordinary = min(sum(paid), year)
    if first - bearing <= event or second - bearing >= event or sum(paid) == year:
        return None
    total = ordinary + third
    texts = {
        "first": money(first),
        "second": money(second),
        "third": money(third),
        "bearing": money(bearing),
        "event": money(event),
        "year": money(year),
        "one": money(paid[0]),
        "two": money(paid[1]),
        "both": money(sum(paid)),
        "ordinary": money(ordinary),
        "total": money(total),
        "wrong": money(min(sum(paid) + min(third - bearing, event), year)),
    }
    return {"answer": total, "absolute_tolerance": 0.5}, texts


def cover(tonnes, price, more, freight, saved, deposit):
    """What a buyer may claim after buying elsewhere: the difference, further cost less savings, and the deposit."""
    if freight == saved:
        return None
    difference = tonnes * more
    total = difference + freight - saved + deposit
    texts = {
        "bought": price + more,
        "freight": money(freight),
        "saved": money(saved),
        "deposit": money(deposit),
        "difference": money(difference),
        "answer": money(total),
        "without": money(total - deposit),
        "whole": money(tonnes * (price + more)),
    }
    return {"answer": total, "absolute_tolerance": 0.5}, texts


def mitigation(tonnes, price, more, later, search):
    """What a buyer may claim who waited without a reason while prices rose."""
    claim = tonnes * more + search
    texts = {
        "market": price + more,
        "bought": price + more + later,
        "search": money(search),
        "answer": money(claim),
        "difference": money(tonnes * more),
        "paid": money(tonnes * (more + later) + search),
    }
    return {"answer": claim, "absolute_tolerance": 0.5}, texts


def money(amount):
    """1,250 or 1,250.50."""
    amount = round(amount, 2)
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


def plain(number):
    """Without needless noughts behind the point."""
    return f"{number:g}"


def count(number):
    """So many months, in words."""
    return {1: "one month's", 2: "two months'", 3: "three months'"}[number]


def written(when):
    """31 May 2027."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def with_day(when):
    """Monday 31 May 2027."""
    return f"{DAYS[when.weekday()]} {written(when)}"


def is_weekend(when):
    """Whether it is a Saturday or Sunday."""
    return when.weekday() > 4


def put_off(when):
    """The day itself, or the Monday after a weekend."""
    while is_weekend(when):
        when += timedelta(days=1)
    return when


def plus_business(when, days):
    """So many business days later."""
    while days:
        when += timedelta(days=1)
        days -= not is_weekend(when)
    return when


def divmod_month(year, month):
    """Year and month where the month may lie outside 1 to 12."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1


def last_of(year, month):
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def plus_months(when, months):
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod_month(when.year, when.month + months)
    return date(year, month, min(when.day, monthrange(year, month)[1]))


def end_of(unit, when):
    """The last day of the month or quarter in which a day lies."""
    month = when.month if unit == "month" else (when.month + 2) // 3 * 3
    return last_of(when.year, month)
