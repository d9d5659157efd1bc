"""Reads a calendar from standard input as another program would, and says what it holds."""
import datetime
import sys

import icalendar

text = sys.stdin.buffer.read()
calendar = icalendar.Calendar.from_ical(text)
assert str(calendar["VERSION"]) == "2.0" and calendar["PRODID"], "no calendar"
assert all(len(line) <= 75 for line in text.split(b"\r\n")), "a line is too long"
assert b"\n" not in text.replace(b"\r\n", b""), "a line ends otherwise"
events = calendar.walk("VEVENT")
uids = set()
for event in events:
    assert not event.errors, event.errors
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    assert isinstance(start, datetime.date) and not isinstance(start, datetime.datetime), "a day is no moment"
    assert end - start == datetime.timedelta(days=1)
    assert event["DTSTAMP"].dt.utcoffset() == datetime.timedelta(0)
    assert str(event["UID"]) not in uids, "a UID stands twice"
    uids.add(str(event["UID"]))
    print(event["UID"], start, event["SUMMARY"])
    assert int(event["SEQUENCE"]) >= 0 and str(event["SUMMARY"]) and str(event["STATUS"]) in ("CONFIRMED", "CANCELLED")
print("ok", len(events), "events")
