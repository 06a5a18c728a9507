"""Gives the keys of the questions in data-analysis.toml whose numbers are drawn anew for everybody.

PARCELS and DEPOTS are the shipped files parcels.csv and depots.csv, byte for byte: functions of templates do not know
where the files are. `python data-analysis.py` says whether both agree.
"""

import csv
import io
import math
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

PARCELS = """\
parcel,depot,service,collected,delivered,weight
P4101,Bogota,Standard,2025-06-07T06:10:00-05:00,2025-06-08T03:20:00-05:00,
P4103,Bogota,express,2025-06-03T16:35:00-05:00,,770 g
P4106,Dubai,STANDARD,2025-06-07T14:40:00Z,2025-06-09T15:50:00+04:00,900 g
P4109, Lisbon,STD,2025-06-02T08:30:00+01:00,2025-06-03T13:00:00+03:00,0.77 kg
P4111,Dubai,standard,2025-06-03T22:30:00+01:00,2025-06-06T12:50:00Z,140 g
P4113,Lisbon,express,2025-06-03T17:45:00Z,2025-06-05T02:15:00Z,6.1
P4116,bogota,STANDARD,2025-06-02T06:55:00Z,2025-06-03T09:25:00Z,6
P4118,Lisbon,STD,2025-06-02T00:40:00+01:00,2025-06-05T06:20:00Z,840 g
P4120,athens,express,2025-06-06T18:00:00Z,2025-06-08T07:40:00Z,0.71
P4121, Bogota,express,2025-06-06T17:20:00-05:00,2025-06-07T23:00:00Z,0.64
P4123, Osaka,Standard,2025-06-07T18:45:00Z,2025-06-09T21:05:00+04:00,0.4
P4124,OSAKA,Standard,2025-06-08T14:45:00Z,2025-06-10T03:25:00Z,570 g
P4125,Dubai,std,2025-06-07T03:20:00+04:00,2025-06-09T09:50:00Z,0.54 kg
P4126,Osaka,standard,2025-06-04T02:25:00+09:00,2025-06-05T01:55:00Z,2600 g
P4129,LISBON,STD,2025-06-04T06:25:00+04:00,,0.15 kg
P4130,Lisbon,standard,2025-06-08T01:00:00Z,2025-06-10T10:10:00Z,n/a
P4131, Lisbon,EXP,2025-06-04T03:40:00+01:00,,
P4132,bogota,express,2025-06-08T23:05:00+04:00,2025-06-09T20:15:00-05:00,3.8 kg
P4134,Athens,STANDARD,2025-06-07T03:30:00+03:00,,0.26 kg
P4137, Osaka,Standard,2025-06-02T12:30:00Z,2025-06-06T04:50:00Z,0.57 kg
P4139,Lisbon,STANDARD,2025-06-05T16:15:00Z,2025-06-07T04:05:00Z,2100 g
P4140,Osaka,standard,2025-06-07T14:45:00+09:00,2025-06-08T22:05:00Z,2400 g
P4142,lisbon,Standard,2025-06-04T13:30:00+03:00,2025-06-07T13:10:00Z,
P4143,DUBAI,STANDARD,2025-06-08T19:30:00Z,2025-06-09T16:10:00Z,0.89 kg
P4144,Lisbon,standard,2025-06-03T23:25:00+01:00,2025-06-05T13:05:00+09:00,3800 g
P4145, Athens,std,2025-06-08T19:30:00Z,2025-06-11T01:20:00+03:00,5.9
P4148,Athens,std,2025-06-04T07:50:00+03:00,2025-06-06T10:10:00+03:00,0.73 kg
P4149,Lisbon,express,2025-06-02T02:45:00+01:00,2025-06-03T00:55:00+01:00,6
P4150,Dubai,std,2025-06-07T11:50:00+04:00,,0.4
P4153,Athens ,STANDARD,2025-06-01T21:55:00Z,,3100 g
P4156,Osaka,standard,2025-06-08T12:00:00Z,2025-06-11T10:40:00Z,3.9
P4130,Lisbon,standard,2025-06-08T01:00:00Z,2025-06-11T16:10:00Z,n/a
P4139,Lisbon,STANDARD,2025-06-05T16:15:00Z,2025-06-07T04:05:00Z,
P4157,Dubai,std,2025-06-03T18:50:00+04:00,2025-06-06T14:40:00+04:00,380 g
P4158,Dubai,std,2025-06-04T18:50:00Z,2025-06-05T22:40:00Z,
P4161,Osaka ,Standard,2025-06-03T11:00:00Z,2025-06-04T14:40:00Z,0.65 kg
P4162,Osaka,standard,2025-06-05T08:05:00Z,2025-06-08T03:45:00+09:00,0.87 kg
P4165,ATHENS,EXPRESS,2025-06-07T04:25:00Z,,690 g
P4166,Lisbon,exp,2025-06-08T22:55:00+01:00,2025-06-10T04:25:00+01:00,350 g
P4169,Lisbon,standard,2025-06-05T22:20:00+01:00,,4.2 kg
P4171,Dubai ,standard,2025-06-08T05:05:00+03:00,,n/a
P4172,Dubai,standard,2025-06-08T19:45:00+04:00,2025-06-10T05:25:00+01:00,340 g
P4175,Athens,STD,2025-06-03T17:30:00Z,2025-06-07T06:20:00+03:00,0.93 kg
P4177,athens,STANDARD,2025-06-06T05:25:00Z,,150 g
P4180, Athens,standard,2025-06-03T07:45:00+03:00,2025-06-05T01:05:00Z,5.6 kg
P4182,Bogota,Express,2025-06-05T22:20:00-05:00,2025-06-06T18:10:00+03:00,750 g
P4145, Athens,std,2025-06-08T19:30:00Z,2025-06-11T05:20:00Z,5.9
P4185,Bogota,express,2025-06-08T19:15:00-05:00,2025-06-10T07:45:00Z,n/a
P4186, Osaka,Express,2025-06-07T16:50:00+09:00,2025-06-08T14:10:00+09:00,0.49 kg
P4187,bogota,Express,2025-06-08T18:55:00-05:00,2025-06-10T13:25:00Z,
P4189,Athens,standard,2025-06-01T17:25:00-05:00,2025-06-02T21:55:00+03:00,910 g
P4190,Athens ,standard,2025-06-08T11:10:00Z,2025-06-11T14:00:00Z,0.23 kg
P4193,Lisbon,standard,2025-06-06T18:30:00Z,,3
P4194,Bogota,standard,2025-06-02T22:45:00Z,2025-06-06T20:55:00Z,2 kg
P4195,LISBON,express,2025-06-04T08:15:00+01:00,2025-06-04T22:45:00+04:00,2.2 kg
P4196,lisbon,standard,2025-06-08T19:20:00+01:00,2025-06-12T14:30:00Z,530 g
P4198,Bogota,standard,2025-06-08T16:00:00Z,2025-06-12T06:10:00-05:00,1.7 kg
P4199,Athens ,standard,2025-06-04T01:05:00+03:00,,3.2 kg
P4201,Dubai,STD,2025-06-08T18:40:00+04:00,2025-06-12T11:50:00+09:00,3.6 kg
P4204,Lisbon ,EXPRESS,2025-06-06T14:55:00-05:00,2025-06-08T02:35:00+03:00,2.2
P4206,lisbon,STANDARD,2025-06-06T11:05:00+01:00,2025-06-09T16:15:00+01:00,410 g
P4120,athens,express,2025-06-06T18:00:00Z,2025-06-08T07:40:00Z,0.71
P4150,Dubai,std,2025-06-07T11:50:00+04:00,,0.4
P4207,Athens,Standard,2025-06-02T05:50:00Z,2025-06-06T04:40:00+03:00,4.8 kg
P4208,BOGOTA,EXP,2025-06-08T17:00:00-05:00,2025-06-09T04:30:00Z,0.61 kg
P4211,Bogota,STANDARD,2025-06-08T21:35:00Z,2025-06-11T14:55:00-05:00,3
P4213,Osaka ,Standard,2025-06-04T08:20:00+09:00,2025-06-05T19:30:00+09:00,0.57
P4214,DUBAI,Standard,2025-06-06T07:20:00Z,2025-06-07T06:40:00Z,4.1
P4103,Bogota,express,2025-06-03T16:35:00-05:00,,
P4217,Lisbon,EXP,2025-06-08T18:35:00Z,2025-06-09T04:45:00Z,3.7 kg
P4218,Bogota,express,2025-06-02T11:30:00Z,2025-06-03T11:20:00-05:00,5.1 kg
P4220,ATHENS,standard,2025-06-05T16:30:00+03:00,2025-06-06T18:10:00-05:00,6 kg
P4207,Athens,Standard,2025-06-02T05:50:00Z,2025-06-06T04:40:00+03:00,4.8 kg
P4222,Bogota,std,2025-06-07T19:50:00Z,,
P4223,bogota,STD,2025-06-03T22:40:00-05:00,2025-06-05T19:00:00Z,2700 g
P4224,Dubai,std,2025-06-05T17:45:00+04:00,2025-06-07T21:35:00+03:00,
P4225,Athens,express,2025-06-06T22:00:00Z,2025-06-08T14:50:00+03:00,n/a
P4226,Lisbon,STD,2025-06-06T07:10:00+01:00,2025-06-07T10:20:00Z,0.17 kg
P4206,lisbon,STANDARD,2025-06-06T11:05:00+01:00,2025-06-09T16:15:00+01:00,410 g
P4206,lisbon,STANDARD,2025-06-06T11:05:00+01:00,2025-06-09T16:15:00+01:00,1910 g
P4227,Bogota,STD,2025-06-06T02:45:00Z,2025-06-07T05:25:00-05:00,0.9
P4228,Dubai,standard,2025-06-01T21:40:00Z,2025-06-04T13:30:00+09:00,790 g
P4229,Bogota,std,2025-06-06T09:50:00-05:00,2025-06-07T14:30:00-05:00,n/a
P4230,Bogota,standard,2025-06-08T07:30:00Z,2025-06-10T16:10:00-05:00,3000 g
P4232,Lisbon,standard,2025-06-02T12:55:00-05:00,2025-06-04T12:45:00+01:00,5.6 kg
P4235,Lisbon,EXPRESS,2025-06-02T10:10:00Z,2025-06-04T00:50:00+03:00,0.84 kg
P4236,Dubai,EXPRESS,2025-06-03T18:50:00Z,2025-06-05T03:20:00Z,0.56
P4239, Lisbon,Standard,2025-06-03T11:05:00+01:00,2025-06-06T07:55:00+01:00,0.5 kg
P4240,Athens,standard,2025-06-05T15:50:00Z,2025-06-07T15:30:00+03:00,0.24 kg
P4243,DUBAI,standard,2025-06-04T07:05:00+04:00,,1.2 kg
P4244,Osaka,STANDARD,2025-06-05T17:00:00Z,2025-06-08T10:10:00Z,430 g
P4247,Athens ,standard,2025-06-07T19:55:00Z,2025-06-10T19:25:00Z,200 g
P4248,Bogota,std,2025-06-03T01:50:00+04:00,2025-06-06T07:00:00-05:00,230 g
P4207,Athens,Standard,2025-06-02T05:50:00Z,2025-06-07T10:40:00+03:00,4.8 kg
P4249,Lisbon ,standard,2025-06-05T00:35:00+01:00,2025-06-06T03:25:00Z,0.6
P4252,OSAKA,Express,2025-06-04T03:30:00+03:00,2025-06-04T06:00:00Z,750 g
P4255,Dubai,std,2025-06-08T07:00:00+04:00,2025-06-10T23:20:00Z,5.3
P4129,LISBON,STD,2025-06-04T06:25:00+04:00,2025-06-08T01:55:00-05:00,0.15 kg
P4256,Lisbon ,EXP,2025-06-03T05:20:00+09:00,2025-06-03T23:40:00+01:00,2.4 kg
P4257,Bogota,EXPRESS,2025-06-06T07:30:00Z,,0.85 kg
P4258,Bogota ,EXPRESS,2025-06-05T05:20:00Z,2025-06-05T23:40:00-05:00,4.9 kg
P4259, Athens,STD,2025-06-03T17:20:00+03:00,2025-06-05T05:10:00+03:00,0.25 kg
P4261,Athens,standard,2025-06-06T03:35:00Z,2025-06-10T02:05:00Z,0.27 kg
P4264,Osaka,standard,2025-06-03T13:00:00Z,2025-06-07T19:20:00+09:00,5.6 kg
P4267,Osaka ,Standard,2025-06-06T09:15:00Z,2025-06-08T04:05:00Z,4.7 kg
P4270, Bogota,express,2025-06-02T08:45:00-05:00,,5100 g
P4273,OSAKA,standard,2025-06-04T16:35:00+09:00,2025-06-06T09:45:00Z,1.9
P4274,Lisbon,standard,2025-06-02T20:00:00Z,2025-06-04T01:20:00+01:00,2900 g
P4275,Dubai,express,2025-06-03T11:40:00+04:00,2025-06-04T19:50:00+01:00,0.59 kg
P4277,athens,exp,2025-06-08T00:30:00Z,,5.8 kg
P4280, Athens,EXPRESS,2025-06-06T22:25:00Z,2025-06-07T09:55:00Z,510 g
P4182,Bogota,Express,2025-06-05T22:20:00-05:00,2025-06-06T18:10:00+03:00,750 g
P4275,Dubai,express,2025-06-03T11:40:00+04:00,2025-06-04T19:50:00+01:00,2.09 kg
P4281, Lisbon,standard,2025-06-03T17:00:00+09:00,2025-06-06T15:20:00Z,0.67 kg
P4228,Dubai,standard,2025-06-01T21:40:00Z,2025-06-04T11:30:00Z,790 g
P4282,bogota,Express,2025-06-04T13:40:00Z,2025-06-05T21:20:00-05:00,1100 g
P4285,Dubai,EXPRESS,2025-06-07T09:30:00+04:00,,670 g
P4287,Lisbon,STD,2025-06-06T19:55:00Z,2025-06-09T17:45:00Z,570 g
P4288,DUBAI,exp,2025-06-05T20:00:00+04:00,,3.9 kg
P4291,LISBON,Standard,2025-06-07T19:55:00+01:00,2025-06-10T09:25:00+01:00,0.59 kg
P4292,Osaka,EXP,2025-06-04T14:40:00+09:00,2025-06-04T23:50:00Z,0.2 kg
P4158,Dubai,std,2025-06-04T18:50:00Z,2025-06-05T22:40:00Z,0.61 kg
P4294,Lisbon,express,2025-06-04T19:25:00+01:00,,
P4295,Dubai,STANDARD,2025-06-05T18:25:00+04:00,,6 kg
P4296,Athens,standard,2025-06-04T07:05:00+03:00,2025-06-06T14:25:00-05:00,
P4223,bogota,STD,2025-06-03T22:40:00-05:00,2025-06-05T19:00:00Z,2700 g
P4297,dubai,express,2025-06-06T17:55:00+04:00,2025-06-07T14:45:00Z,0.64
P4298,Athens ,standard,2025-06-02T21:50:00+03:00,2025-06-04T07:30:00+03:00,0.79
P4301,BOGOTA,express,2025-06-03T19:30:00Z,,4600 g
P4304,Osaka,standard,2025-06-05T08:50:00Z,2025-06-08T07:40:00+09:00,2600 g
P4140,Athens,standard,2025-06-07T14:45:00+09:00,2025-06-08T22:05:00Z,2400 g
P4307,Lisbon,standard,2025-06-05T13:15:00Z,2025-06-07T19:45:00+01:00,4.2 kg
P4310,Bogota ,Express,2025-06-05T03:40:00Z,2025-06-05T10:50:00-05:00,0.94 kg
P4311,lisbon,STANDARD,2025-06-02T11:00:00+01:00,2025-06-04T14:40:00Z,3.4
P4312,Osaka,exp,2025-06-02T16:45:00+09:00,2025-06-03T15:05:00+04:00,2500 g
P4313,ATHENS,STD,2025-06-08T17:15:00Z,2025-06-12T07:55:00Z,n/a
P4281, Lisbon,standard,2025-06-03T17:00:00+09:00,2025-06-07T16:20:00+01:00,0.67 kg
P4316,Bogota,STANDARD,2025-06-04T12:25:00Z,,5100 g
P4317, Osaka,standard,2025-06-08T12:30:00Z,,n/a
P4318,Athens,STANDARD,2025-06-08T02:05:00+03:00,2025-06-11T17:15:00+04:00,5.9 kg
P4321,osaka,standard,2025-06-04T16:25:00Z,2025-06-05T23:35:00+09:00,790 g
P4322,Osaka,Express,2025-06-06T17:30:00Z,2025-06-08T00:50:00Z,0.55 kg
P4229,Bogota,std,2025-06-06T09:50:00-05:00,2025-06-07T14:30:00-05:00,4 kg
P4323,ATHENS,std,2025-06-03T18:20:00+03:00,,0.82
P4326,Osaka ,express,2025-06-04T18:20:00Z,2025-06-06T01:00:00Z,1.8 kg
P4328,Osaka,Express,2025-06-03T01:10:00+09:00,2025-06-03T20:40:00Z,0.28 kg
P4330,Bogota ,express,2025-06-03T02:05:00Z,2025-06-04T18:25:00Z,3100 g
P4332,Lisbon,standard,2025-06-06T15:40:00Z,2025-06-08T13:20:00Z,
P4335,Dubai,std,2025-06-05T18:30:00+04:00,2025-06-07T20:00:00Z,4.7
P4226,Lisbon,STD,2025-06-06T07:10:00+01:00,2025-06-07T10:20:00Z,0.17 kg
P4336,Dubai,express,2025-06-04T03:50:00Z,2025-06-04T18:30:00+09:00,0.77
P4337,Osaka ,Standard,2025-06-05T17:15:00Z,2025-06-09T16:35:00+09:00,2.9 kg
P4338, Lisbon,express,2025-06-05T23:35:00Z,2025-06-06T13:55:00+01:00,3900 g
P4264,Dubai,standard,2025-06-03T13:00:00Z,2025-06-07T19:20:00+09:00,5.6 kg
P4339,LISBON,standard,2025-06-06T07:15:00+01:00,2025-06-09T19:25:00+01:00,0.53 kg
P4332,Lisbon,standard,2025-06-06T15:40:00Z,2025-06-08T13:20:00Z,
P4341,lisbon,exp,2025-06-07T08:40:00Z,2025-06-08T01:00:00+04:00,3.1
P4313,ATHENS,STD,2025-06-08T17:15:00Z,2025-06-12T07:55:00Z,1.97
P4295,Dubai,STANDARD,2025-06-05T18:25:00+04:00,2025-06-09T16:05:00Z,6 kg
P4344, Osaka,std,2025-06-06T07:10:00+09:00,2025-06-10T02:20:00+09:00,4.4 kg
P4171,Dubai ,standard,2025-06-08T05:05:00+03:00,,n/a
P4346,Lisbon,STANDARD,2025-06-07T22:10:00Z,2025-06-10T22:30:00+01:00,1.1
P4346,Lisbon,STANDARD,2025-06-07T22:10:00Z,2025-06-10T22:30:00+01:00,1.1
P4347,Dubai ,STD,2025-06-02T11:25:00+04:00,,0.3 kg
"""

DEPOTS = """\
depot,region,utc_offset_hours,target_hours,valid_from
LISBON,Europe,1,72,2023-01-01
Athens,Europe,3,48,2024-03-01
Dubai,Middle East and Africa,4,48,2023-01-01
Athens,Europe,3,60,2025-02-01
Bogota,Americas,-5,60,2024-09-01
osaka,Asia and Pacific,9,48,2025-01-01
Dubai,Middle East and Africa,4,36,2025-05-15
Osaka ,Asia and Pacific,9,72,2023-06-01
"""


def differing(folder):
    """The names of the shipped files in `folder` that are not byte for byte what stands here; none, if all is well."""
    texts = {"parcels.csv": PARCELS, "depots.csv": DEPOTS}
    return [name for name, text in texts.items() if (Path(folder) / name).read_bytes() != text.encode()]


# ---------------------------------------------------------------------------- the shipped files, cleaned as notes.txt says


def _rows(text):
    return list(csv.DictReader(io.StringIO(text.strip())))


def _moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


def _kilograms(text):
    text = text.strip().lower()
    if text in ("", "n/a"):
        return None
    if text.endswith("kg"):
        return float(text[:-2])
    return float(text[:-1]) / 1000 if text.endswith("g") else float(text)


def _depots():
    """The valid row of each depot, by name."""
    rows = sorted(_rows(DEPOTS), key=lambda row: row["valid_from"])
    return {row["depot"].strip().title(): row for row in rows}


def _cleaned(row):
    service = row["service"].strip().lower()
    return {
        "parcel": row["parcel"],
        "depot": row["depot"].strip().title(),
        "service": {"exp": "express", "std": "standard"}.get(service, service),
        "collected": _moment(row["collected"]),
        "delivered": _moment(row["delivered"]),
        "kg": _kilograms(row["weight"]),
    }


def _parcels(depot, service=None, *, keep="last"):
    """The valid rows; `keep` for what careless people do: "first" row of a parcel, or "all" of them."""
    rows = [_cleaned(row) for row in _rows(PARCELS)]
    if keep != "all":
        rows = rows if keep == "last" else rows[::-1]
        rows = list({row["parcel"]: row for row in rows}.values())
    return [row for row in rows if row["depot"] == depot and service in (None, row["service"])]


def _named(service):
    """The service to filter by, and how a question says it."""
    return (None, "") if service == "any" else (service, f" that went by **{service}** service")


FEWEST = 8
"""Smaller numbers of parcels are too easily guessed."""


def file_count(depot, service):
    service, by = _named(service)
    right, every, first = (len(_parcels(depot, service, keep=keep)) for keep in ("last", "all", "first"))
    literal = sum(row["depot"] == depot and service in (None, row["service"]) for row in _rows(PARCELS))
    if every == right or right < FEWEST:
        return None
    return {"answer": right}, {"by": by, "every": every, "first": first, "literal": literal}


def file_weighed(depot, service):
    service, by = _named(service)

    def counted(keep):
        return sum(row["kg"] is not None for row in _parcels(depot, service, keep=keep))

    right, every = counted("last"), counted("all")
    if every == right or right < FEWEST:
        return None
    return {"answer": right}, {"by": by, "every": every, "valid": len(_parcels(depot, service))}


def file_mean_weight(depot, service):
    service, by = _named(service)

    def mean(keep):
        weights = [row["kg"] for row in _parcels(depot, service, keep=keep) if row["kg"] is not None]
        return sum(weights) / len(weights), len(weights), sum(weights)

    (right, weighed, total), (every, *_), (first, *_) = mean("last"), mean("all"), mean("first")
    valid = len(_parcels(depot, service))
    zeros = total / valid
    if min(abs(right - wrong) for wrong in (every, zeros)) < 0.02 or valid == weighed:
        return None
    texts = {
        "by": by,
        "mean": f"{right:.2f}",
        "every": f"{every:.2f}",
        "zeros": f"{zeros:.2f}",
        "first": f"{first:.2f}",
        "weighed": weighed,
        "valid": valid,
    }
    return {"answer": round(right, 2)}, texts


def file_median_weight(depot, service):
    service, by = _named(service)

    def median(keep):
        weights = sorted(row["kg"] for row in _parcels(depot, service, keep=keep) if row["kg"] is not None)
        half, odd = divmod(len(weights), 2)
        return (weights[half] if odd else (weights[half - 1] + weights[half]) / 2), len(weights)

    (right, weighed), (every, _) = median("last"), median("all")
    mixed = sorted(
        float("".join(c for c in row["weight"] if c.isdigit() or c == "."))
        for row in _valid_raw(depot, service)
        if row["weight"] not in ("", "n/a")
    )
    if abs(right - every) < 0.005:
        return None
    return {"answer": round(1000 * right)}, {
        "by": by,
        "median": f"{1000 * right:.0f}",
        "every": f"{1000 * every:.0f}",
        "weighed": weighed,
        "mixed": f"{mixed[len(mixed) // 2]:g}",
    }


def _valid_raw(depot, service):
    rows = {row["parcel"]: row for row in _rows(PARCELS)}.values()
    return [row for row in rows if _cleaned(row)["depot"] == depot and service in (None, _cleaned(row)["service"])]


def file_before_hour(depot, hour):
    offset = timedelta(hours=int(_depots()[depot]["utc_offset_hours"]))
    rows = _parcels(depot)
    right = sum((row["collected"].astimezone(UTC) + offset).hour < hour for row in rows)
    utc = sum(row["collected"].astimezone(UTC).hour < hour for row in rows)
    written = sum(row["collected"].hour < hour for row in rows)
    if right in (utc, written) or right < FEWEST:
        return None
    return {"answer": right}, {
        "utc": utc,
        "written": written,
        "offset": f"{int(_depots()[depot]['utc_offset_hours']):+d}",
    }


def file_on_time(depot, which):
    service = None if which == "all" else which
    target = timedelta(hours=int(_depots()[depot]["target_hours"]))
    rows = _parcels(depot, service)
    done = [row for row in rows if row["delivered"]]
    on_time = sum(row["delivered"] - row["collected"] <= target for row in done)
    wall = sum(row["delivered"].replace(tzinfo=None) - row["collected"].replace(tzinfo=None) <= target for row in done)
    right = 100 * on_time / len(done)
    other = 100 * on_time / len(rows)
    if on_time in (0, len(done)) or abs(right - other) < 0.3:
        return None
    texts = {
        "kind": "" if service is None else f" {service}",
        "target": int(_depots()[depot]["target_hours"]),
        "done": len(done),
        "on_time": on_time,
        "wall": wall,
        "right": f"{right:.1f}",
        "other": f"{other:.1f}",
    }
    return {"answer": round(right, 1)}, texts


# ---------------------------------------------------------------------------- reading pandas


def nan_mean(a, b, c):
    total = a + b + c
    if total % 3 or len({a, b, c}) < 3 or total % 5 == 0:
        return None
    return {"answer": "c"}, {"three": f"{total / 3:.1f}", "five": f"{total / 5:.1f}"}


def nan_compare(a, b, c, d, limit):
    ages = [a, b, c, d, limit]
    old, young = sum(age >= limit for age in ages), sum(age < limit for age in ages)
    if young < 1 or old < 2 or len(set(ages)) < 5:
        return None
    total = sum(age for age in ages if age >= limit)
    return {"answer": 1000 * young + total + 6}, {
        "old": old,
        "young": young,
        "total": total,
        "lost": 1000 * (young + 2) + total + 6,
    }


def merge_rows(a, b, c, x, y, z, how):
    both = a * x + b * y
    right = {"left": both + c, "right": both + z, "inner": both, "outer": both + c + z}[how]
    if right in (a + b + c, x + y + z) or a == b or x == y:
        return None
    extra = {"left": f" + {c}", "right": f" + {z}", "inner": "", "outer": f" + {c} + {z}"}[how]
    return {"answer": right}, {"extra": extra, "total": right, "rows": a + b + c}


def merge_sum(p, q, r, first):
    times = {2: (2, 3), 3: (3, 1), 4: (4, 2)}[first]
    order = [1] * times[0] + [2] * times[1]
    paid = [10 * (place + 1) for place in range(len(order))]
    right = times[0] * p + times[1] * q + r
    return {"answer": right}, {
        "order": str(order),
        "paid": str(paid),
        "m": times[0],
        "n": times[1],
        "plain": p + q + r,
        "inner": right - r,
    }


def group_missing(a, b, c, d, e, f):
    if len({a, b, c, d, e, f}) < 6:
        return None
    return {"answer": a + b + d + f}, {"all": a + b + c + d + e + f, "lost": c + e}


def aligned(a, b, c, d, e, f):
    right = (d - b) + (e - c)
    place = d + e + f - a - b - c
    if right == place or len({a, b, c, d, e, f}) < 6:
        return None
    return {"answer": right}, {"place": place, "one": d - b, "two": e - c}


ZONES = {
    "Asia/Tokyo": 540,
    "Asia/Dubai": 240,
    "America/Bogota": -300,
    "Africa/Lagos": 60,
    "Asia/Kolkata": 330,
    "America/Phoenix": -420,
}


def _offset(zone):
    minutes = ZONES[zone]
    sign = "ahead of" if minutes > 0 else "behind"
    hours, rest = divmod(abs(minutes), 60)
    return f"{hours} hours{f' {rest} minutes' if rest else ''} {sign} UTC".replace("1 hours", "1 hour")


def zone_months(zone, h1, h2, h3):
    stamps = [
        datetime(2025, 6, 30, h1, 10),
        datetime(2025, 6, 30, h2, 40),
        datetime(2025, 7, 1, h3, 20),
        datetime(2025, 6, 30, 23, 50),
    ]
    local = [stamp + timedelta(minutes=ZONES[zone]) for stamp in stamps]
    july = sum(stamp.month == 7 for stamp in local)
    latest = max(stamp.hour for stamp in local)
    if july == 1 or not july:
        return None
    texts = {
        "offset": _offset(zone),
        "july": july,
        "latest": latest,
        "locals": ", ".join(f"{stamp:%d %B %H:%M}" for stamp in local),
    }
    texts |= {name: f"{stamp:%Y-%m-%d %H:%M}" for name, stamp in zip(("t1", "t2", "t3", "t4"), stamps, strict=True)}
    return {"answer": 100 * july + latest}, texts


def zone_localize(zone, hour):
    stamp = datetime(2025, 3, 10, hour, 30)
    shift = timedelta(minutes=ZONES[zone])
    right, wrong = stamp - shift, stamp + shift
    return {"answer": "b"}, {
        "offset": _offset(zone),
        "right": f"{right:%d %H:%M}",
        "wrong": f"{wrong:%d %H:%M}",
        "same": f"{stamp:%d %H:%M}",
        "hh": f"{hour:02d}",
    }


# ---------------------------------------------------------------------------- summarising


def pooled_mean(n1, n2, n3, m1, m2, m3):
    total = n1 + n2 + n3
    right, plain = (n1 * m1 + n2 * m2 + n3 * m3) / total, (m1 + m2 + m3) / 3
    if abs(right - plain) < 1 or _near_half(right, 1):
        return None
    return {"answer": round(right, 1)}, {
        "right": f"{right:.1f}",
        "plain": f"{plain:.1f}",
        "total": total,
        "sum": n1 * m1 + n2 * m2 + n3 * m3,
    }


def _near_half(number, digits):
    """Whether rounding could go either way."""
    part = number * 10**digits % 1
    return abs(part - 0.5) < 0.02


def mean_speed(d1, d2, s1, s2):
    hours = d1 / s1 + d2 / s2
    right = (d1 + d2) / hours
    plain, weighted = (s1 + s2) / 2, (d1 * s1 + d2 * s2) / (d1 + d2)
    if min(abs(right - wrong) for wrong in (plain, weighted)) < 1.5 or s1 == s2 or _near_half(right, 1):
        return None
    return {"answer": round(right, 1)}, {
        "hours": f"{hours:.3f}",
        "right": f"{right:.1f}",
        "plain": f"{plain:.1f}",
        "weighted": f"{weighted:.1f}",
        "km": d1 + d2,
    }


def rate_change(v1, v2, r1, r2):
    o1, o2 = v1 * r1 / 1000, v2 * r2 / 1000
    right = 100 * (r2 - r1) / r1
    orders = 100 * (o2 - o1) / o1
    if r1 == r2 or o1 % 1 or o2 % 1 or abs(right - orders) < 5 or _near_half(right, 1) or abs(right) < 8:
        return None
    texts = {
        "o1": int(o1),
        "o2": int(o2),
        "p1": f"{r1 / 10:.1f}",
        "p2": f"{r2 / 10:.1f}",
        "right": f"{right:.1f}",
        "orders": f"{orders:.1f}",
        "points": f"{(r2 - r1) / 10:.1f}",
    }
    return {"answer": round(right, 1)}, texts


def turned_share(n1, n2, n3, c1, c2, c3):
    gone = [n1 * c1 / 100, n2 * c2 / 100, n3 * c3 / 100]
    if any(part % 1 for part in gone):
        return None
    right = 100 * gone[0] / sum(gone)
    plain = 100 * c1 / (c1 + c2 + c3)
    if abs(right - plain) < 3 or abs(right - c1) < 3 or _near_half(right, 1):
        return None
    texts = {
        "g1": int(gone[0]),
        "g2": int(gone[1]),
        "g3": int(gone[2]),
        "all": int(sum(gone)),
        "right": f"{right:.1f}",
        "plain": f"{plain:.1f}",
    }
    return {"answer": round(right, 1)}, texts


def table_median(first, a, b, c, d, e, none):
    values, counts = [first * 2**place for place in range(5)], (a, b, c, d, e)
    total = sum(counts)
    if total % 2 == 0 or (total + none) % 2 == 0:
        return None
    place = (total + 1) // 2
    right, zero = _number(place, values, counts), _number((total + none + 1) // 2 - none, values, counts)
    if right in (values[2], zero):
        return None
    texts = {f"t{number}": value for number, value in enumerate(values, start=1)}
    return {"answer": right}, {**texts, "total": total, "place": place, "zero": zero}


def _number(place, values, counts):
    """The value of number `place` in line."""
    for value, count in zip(values, counts, strict=True):
        place -= count
        if place <= 0:
            return value
    raise ValueError(place)


def alarm_value(base, hit, false):
    ill = base * 100
    hits, alarms = ill * hit / 100, (10_000 - ill) * false / 100
    right = 100 * hits / (hits + alarms)
    if hits % 1 or alarms % 1 or _near_half(right, 1):
        return None
    texts = {
        "bad": ill,
        "good": 10_000 - ill,
        "hits": int(hits),
        "alarms": int(alarms),
        "flagged": int(hits + alarms),
        "right": f"{right:.1f}",
    }
    return {"answer": round(right, 1)}, texts


# ---------------------------------------------------------------------------- charts


def _svg(width, height, *parts):
    for_all = 'font-family="sans-serif" font-size="13" fill="#222" text-anchor="middle"'
    paper = f'<rect width="{width}" height="{height}" fill="white"/>'
    return "".join(
        [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {for_all}>', paper, *parts, "</svg>"]
    )


def _text(x, y, text, anchor=None):
    at = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:g}" y="{y:g}"{at}>{text}</text>'


def _grid(left, right, marks):
    """Grey lines from left to right at the heights in `marks`, and the text that belongs to each."""
    lines = "".join(f"M{left} {y:g}H{right}" for y in marks)
    texts = "".join(_text(left - 8, y + 4, text) for y, text in marks.items())
    return f'<path d="{lines}" stroke="#ccc"/><g text-anchor="end">{texts}</g>'


def _bar(x, y, width, height, colour="#3b6ea5"):
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}"/>'


def _dots(points, radius, colour):
    circles = "".join(f'<circle cx="{x:g}" cy="{y:.0f}" r="{radius}"/>' for x, y in points)
    return f'<g fill="{colour}">{circles}</g>'


def cut_axis(axis, low, high):
    start = axis
    a, b = start + low, start + high
    true, seen, points, base = 100 * (b - a) / a, 100 * (high - low) / low, b - a, 100 * (b - a) / b
    options = [f"{number:.0f}" for number in (true, seen, base)]
    if high > 20 or high < low + 6 or len({*options, str(points)}) < 4:
        return None

    def y(value):
        return 230 - 9 * (value - start)

    grid = _grid(60, 380, {y(v): v for v in range(start, start + 21, 4)})
    bars = _bar(110, y(a), 70, y(start) - y(a)) + _bar(250, y(b), 70, y(start) - y(b), "#c8702a")
    marks = _text(145, 250, "May") + _text(285, 250, "June") + _text(220, 24, "Visits, in thousands")
    texts = {
        "svg": _svg(400, 265, grid, bars, marks),
        "top": start + 20,
        "a": a,
        "b": b,
        "true": options[0],
        "seen": options[1],
        "points": points,
        "base": options[2],
    }
    return {"answer": "d"}, texts


MONTHS = ("January", "February", "March", "April", "May", "June")


def cumulative(first, peak, small, rise):
    """Sign-ups up to each month; the most new ones in the month `peak` (2 to 4, that is March to May)."""
    new = [first, small, small + 2, small + 1, small + 3, small + 2]
    new[peak] = rise
    if first >= rise - 4 or rise <= small + 8 or first <= small + 3:
        return None
    totals = [sum(new[: place + 1]) for place in range(6)]
    top = 20 * (totals[-1] // 20 + 1)

    def y(value):
        return 230 - 200 * value / top

    grid = _grid(60, 400, {y(v): v for v in range(0, top + 1, 20)})
    xs = [85 + 60 * place for place in range(6)]
    path = " ".join(f"{x},{y(v):.0f}" for x, v in zip(xs, totals, strict=True))
    dots = _dots([(x, y(v)) for x, v in zip(xs, totals, strict=True)], 4, "#3b6ea5")
    numbers = [_text(x, round(y(v) - 9), v) for x, v in zip(xs, totals, strict=True)]
    names = [_text(x, 250, month[:3]) for x, month in zip(xs, MONTHS, strict=True)]
    line = f'<polyline points="{path}" fill="none" stroke="#3b6ea5" stroke-width="2"/>'
    texts = {
        "svg": _svg(
            420, 275, grid, line, dots, *numbers, *names, _text(230, 270, "Members who have joined since 1 January")
        )
    }
    texts |= {f"v{place + 1}": value for place, value in enumerate(totals)}
    texts |= {
        "peak_name": MONTHS[peak],
        "rise": rise,
        "small": small,
        "after": MONTHS[peak + 1] if peak < 4 else MONTHS[peak - 1],
    }
    return {"answer": "a"}, texts


def share_bars(n1, n2, p1, p2):
    right, plain = (n1 * p1 + n2 * p2) / (n1 + n2), (p1 + p2) / 2
    if n1 * p1 % 100 or n2 * p2 % 100 or abs(right - plain) < 4 or _near_half(right, 1):
        return None

    def y(percent):
        return 220 - 1.8 * percent

    grid = _grid(60, 380, {y(v): f"{v} %" for v in range(0, 101, 20)})
    bars = [
        _bar(x, y(p), 80, y(0) - y(p), "#3b6ea5")
        + _bar(x, y(100), 80, y(p) - y(100), "#d9d9d9")
        + _text(x + 40, y(p) - 6, f"{p} %")
        for x, p in ((100, p1), (250, p2))
    ]
    names = [
        _text(x + 40, 240, name) + _text(x + 40, 258, f"{n} answers")
        for x, name, n in ((100, "App", n1), (250, "Shop", n2))
    ]
    texts = {
        "svg": _svg(400, 270, grid, *bars, *names, _text(220, 22, "Satisfied (dark part of the bar)")),
        "right": f"{right:.1f}",
        "plain": f"{plain:.1f}",
    }
    texts |= {"k1": n1 * p1 // 100, "k2": n2 * p2 // 100, "k": (n1 * p1 + n2 * p2) // 100, "n": n1 + n2}
    return {"answer": round(right, 1)}, texts


def boxes(shift, spread, tail, middle, over):
    """Two box plots; the first box is narrow, the second wide."""
    a = (10 + shift, 20 + shift, 26 + shift, 30 + shift, 44 + shift)
    b = (6 + shift, 16 + shift, 26 + middle + shift, 34 + shift + spread, 60 + shift + tail)

    top = 10 * math.ceil(b[4] / 10)
    floor = 10 + 3 * top

    def y(value):
        return floor - 3 * value

    def box(x, five, colour):
        low, q1, mid, q3, high = map(y, five)
        whiskers = f"M{x} {low}V{q1}M{x} {q3}V{high}M{x - 15} {low}h30M{x - 15} {high}h30"
        return (
            _bar(x - 40, q3, 80, q1 - q3, colour)
            + f'<path d="{whiskers}" stroke="#222" stroke-width="2"/>'
            + f'<path d="M{x - 40} {mid}h80" stroke="#222" stroke-width="3"/>'
        )

    grid = _grid(60, 380, {y(v): v for v in range(0, top + 1, 10)})
    art = _svg(
        400,
        floor + 45,
        grid,
        box(150, a, "#9fc0e0"),
        box(290, b, "#efc29a"),
        _text(150, floor + 22, "North"),
        _text(290, floor + 22, "South"),
        _text(220, floor + 40, "Minutes until the first reply, by team"),
    )
    texts = {"svg": art, "limit": a[3] + (over or -3)}
    for name, five in (("a", a), ("b", b)):
        texts |= {f"{name}{place}": value for place, value in enumerate(five)}
    right = ["c", *(["a"] if middle < 0 else []), *(["b"] if not over else [])]
    return {"answer": sorted(right)}, {**texts, "right": ", ".join(sorted(right))}


def log_axis(first, later):
    ticks = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
    start, end = ticks[first], ticks[later]
    middle = ticks[first + 1]

    def y(value):
        return 290 - 68 * math.log10(value)

    grid = _grid(70, 390, {round(y(v), 2): v for v in ticks})
    points = ((110, start), (230, middle), (350, end))
    path = " ".join(f"{x},{y(v):.0f}" for x, v in points)
    dots = _dots([(x, y(v)) for x, v in points], 4, "#c8702a")
    names = [_text(x, 312, year) for x, year in ((110, 2015), (230, 2019), (350, 2023))]
    art = _svg(
        410,
        340,
        grid,
        f'<polyline points="{path}" fill="none" stroke="#c8702a" stroke-width="2"/>',
        dots,
        *names,
        _text(230, 334, "Users, in thousands"),
    )
    factor = end / start
    if factor == 10 or factor < 20:
        return None
    return {"answer": int(factor) if factor % 1 == 0 else factor}, {
        "svg": art,
        "start": start,
        "end": end,
        "middle": middle,
        "steps": later - first,
    }


def two_clouds(rise, gap):
    """Within each group more hours go with fewer errors; the group with more hours has harder cases."""
    first = [(h, 34 - 1.5 * rise * h / 4 + d) for h, d in ((4, 0), (6, 3), (8, -2), (10, 2), (12, -1), (14, 1))]
    second = [
        (h + 14, 34 + gap - 1.5 * rise * h / 4 + d) for h, d in ((4, 1), (6, -2), (8, 3), (10, -1), (12, 2), (14, 0))
    ]

    def x(hours):
        return 60 + 10 * hours

    def y(errors):
        return 270 - 3.4 * errors

    grid = _grid(60, 370, {y(v): v for v in range(0, 71, 10)})
    hours = [_text(x(v), 290, v) for v in range(0, 31, 5)]
    round_ones = _dots([(90, 16), *((x(h), y(e)) for h, e in first)], 5, "#3b6ea5")
    squares = "".join(f"M{a - 5:g} {b - 5:.0f}h10v10h-10z" for a, b in [(185, 16), *((x(h), y(e)) for h, e in second)])
    legend = _text(102, 20, "print", "start") + _text(197, 20, "handwriting", "start")
    return {}, {
        "svg": _svg(
            400,
            320,
            grid,
            *hours,
            round_ones,
            f'<path d="{squares}" fill="#c8702a"/>',
            legend,
            _text(215, 312, "Hours of practice (across), errors per 1,000 lines (up)"),
        )
    }


# ---------------------------------------------------------------------------- judging


def survey_steps(sent, rate, yes, slip):
    """A chain from questionnaires sent to the share of all; `slip` is the first wrong step."""
    answered = sent * rate // 100
    agree = answered * yes // 100
    if sent * rate % 100 or answered * yes % 100:
        return None
    silent = sent - answered
    steps = {
        "s1": f"{sent:,} members were asked and {rate} % answered, so there are {answered:,} answers.",
        "s2": f"Of these answers {yes} % were yes: {agree:,} people said yes.",
        "s3": f"{silent:,} members did not answer, so the answers alone do not tell what they want.",
        "s4": f"If all who kept silent were against it, the share of yes among all members would be {100 * agree / sent:.1f} %.",
        "s5": f"If all of them were for it, it would be {100 * (agree + silent) / sent:.1f} %, so the share lies between these two values.",
    }
    wrong = {
        "s2": f"The {yes} % who said yes are {sent * yes // 100:,} people.",
        "s3": f"{silent:,} members did not answer; as all were asked in the same way, {yes} % of them would have said yes, too.",
        "s4": f"If all who kept silent were against it, the share of yes among all members would still be {yes} %.",
        "s5": f"If all of them were for it, it would be {100 * silent / sent:.1f} %, so the share lies between these two values.",
        "none": "",
    }
    if slip == "s2" and (sent * yes % 100 or 100 - rate + yes > 97):
        return None
    if slip == "s5" and silent < agree + sent // 10:
        return None
    if slip == "s2":
        fake = sent * yes // 100
        steps["s4"] = (
            f"If all who kept silent were against it, the share of yes among all members would be {100 * fake / sent:.1f} %."
        )
        steps["s5"] = (
            f"If all of them were for it, it would be {100 * (fake + silent) / sent:.1f} %, so the share lies between these two values."
        )
    if slip != "none":
        steps[slip] = wrong[slip]
    reasons = {
        "s2": f"The {yes} % are of the {answered:,} answers, which makes {agree:,}, not of all {sent:,} members.",
        "s3": "That all were asked in the same way says nothing about who then chose to answer; those who keep silent often differ.",
        "s4": f"The {agree:,} who said yes are {100 * agree / sent:.1f} % of all {sent:,} members; {yes} % is their share of the answers.",
        "s5": f"{agree:,} and {silent:,} are {100 * (agree + silent) / sent:.1f} % of {sent:,}; the step leaves out the {agree:,} who have said yes already.",
        "none": "Every step holds; the last two show how little is settled while many keep silent.",
    }
    return {"answer": slip}, {**steps, "reason": reasons[slip]}


def growth_steps(base, up, down, slip):
    """Sales up, then down, then compared; `slip` is the first wrong step."""
    high, low = base * (100 + up) / 100, base * (100 + up) * (100 - down) / 10_000
    if high % 1 or low % 1 or up == down or low == base or abs(100 * (low - base) / base - (up - down)) < 1:
        return None
    if slip in ("s2", "s3") and high * (100 - down) / 100 == high - base * down / 100:
        return None
    change = 100 * (low - base) / base
    word = "above" if low > base else "below"
    mean = (base + high + low) / 3
    steps = {
        "s1": f"January brought {base:,} orders; February brought {up} % more, that is {high:,.0f}.",
        "s2": f"March brought {down} % fewer than February, that is {low:,.0f}.",
        "s3": f"So March lies {abs(change):.1f} % {word} January.",
        "s4": f"The mean of the three months is {mean:,.1f} orders a month.",
        "s5": f"To get from March's number back to February's, orders must rise by {100 * (high - low) / low:.1f} %.",
    }
    bad = {
        "s2": (
            f"March brought {down} % fewer than February, that is {high - base * down / 100:,.0f}.",
            high - base * down / 100,
        ),
        "s3": (f"So March lies {abs(up - down)} % {'above' if up > down else 'below'} January.", low),
        "s4": (f"The mean of the three months is {(base + low) / 2:,.1f} orders a month.", low),
        "s5": (f"To get from March's number back to February's, orders must rise by {down} %.", low),
    }
    if slip != "none":
        text, march = bad[slip]
        if slip == "s2":
            change2 = 100 * (march - base) / base
            steps["s3"] = f"So March lies {abs(change2):.1f} % {'above' if march > base else 'below'} January."
            steps["s4"] = f"The mean of the three months is {(base + high + march) / 3:,.1f} orders a month."
            steps["s5"] = (
                f"To get from March's number back to February's, orders must rise by {100 * (high - march) / march:.1f} %."
            )
            if march == base:
                return None
        steps[slip] = text
    reasons = {
        "s2": f"The {down} % are of February's {high:,.0f}, not of January's {base:,}: {low:,.0f} would be right. The later steps follow from it.",
        "s3": f"{low:,.0f} against {base:,} is {change:+.1f} %: changes in per cent of different bases cannot be added or subtracted.",
        "s4": f"The mean of three months has three numbers in it: {mean:,.1f}. The step leaves February out.",
        "s5": f"From {low:,.0f} to {high:,.0f} it is {100 * (high - low) / low:.1f} %, because the base is now March's lower number.",
        "none": "Every step holds: each percentage is taken of the month that it is compared with.",
    }
    return {"answer": slip}, {**steps, "base": f"{base:,}", "reason": reasons[slip]}


def mixed_test(few, many, low, high, gain, turned, crossed):
    """Buyers by device for an old and a new page, shown to different mixtures of devices.

    In each group the second page does better, but it gets most of the group that seldom buys. `turned` exchanges the
    pages, `crossed` the devices.
    """
    first, second = ((few, low), (many, high)), ((many, low + gain), (few, high + gain + 2))
    old, new = (second, first) if turned else (first, second)
    phone, computer = (1, 0) if crossed else (0, 1)
    bought = [[page[place][0] * page[place][1] // 100 for place in (phone, computer)] for page in (old, new)]
    visits = [[page[place][0] for place in (phone, computer)] for page in (old, new)]
    rates = [100 * sum(b) / sum(v) for b, v in zip(bought, visits, strict=True)]
    parts = [[100 * b / v for b, v in zip(*page, strict=True)] for page in zip(bought, visits, strict=True)]
    truth = {
        "a": parts[1][0] > parts[0][0],
        "b": parts[1][1] > parts[0][1],
        "c": rates[1] > rates[0],
        "d": visits[0][0] / sum(visits[0]) > visits[1][0] / sum(visits[1]),
        "e": sum(bought[1]) > sum(bought[0]),
    }
    if abs(rates[1] - rates[0]) < 3 or truth["a"] == truth["c"]:
        return None
    right = [name for name, holds in truth.items() if holds]
    texts = {"po": f"{rates[0]:.1f}", "pn": f"{rates[1]:.1f}", "right": ", ".join(right)}
    texts |= {"n1": visits[0][0], "a1": bought[0][0], "m1": visits[1][0], "b1": bought[1][0]}
    texts |= {"n2": visits[0][1], "a2": bought[0][1], "m2": visits[1][1], "b2": bought[1][1]}
    texts |= {
        "p1": f"{parts[0][0]:.0f}",
        "p2": f"{parts[1][0]:.0f}",
        "p3": f"{parts[0][1]:.0f}",
        "p4": f"{parts[1][1]:.0f}",
    }
    return {"answer": right}, texts


if __name__ == "__main__":
    found = differing(Path(__file__).with_suffix(""))
    sys.exit(f"not what stands here: {', '.join(found)}" if found else 0)
