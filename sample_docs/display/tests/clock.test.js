import assert from "node:assert/strict";
import { test } from "node:test";
import { localTime, minutesBetween } from "../clock.js";
import { verifies } from "./junit.js";

test("the time of day is that of the zone asked for, whatever the zone of the moment or of the machine", (t) => {
  verifies(t, "REQ_19", "SREQ_7", "SREQ_10");
  for (const text of ["2026-10-05T10:07:00Z", "2026-10-05T12:07:00+02:00", "2026-10-05T05:07:00-05:00"]) {
    assert.equal(localTime(text, "Europe/Berlin"), "12:07");
    assert.equal(localTime(text, "America/New_York"), "06:07");
    assert.equal(localTime(text, "Asia/Kolkata"), "15:37");
  }
});

test("the time of day follows the change to and from summer time", (t) => {
  verifies(t, "REQ_19", "SREQ_7", "SREQ_10");
  assert.equal(localTime("2026-10-25T00:59:00Z", "Europe/Berlin"), "02:59");
  assert.equal(localTime("2026-10-25T01:00:00Z", "Europe/Berlin"), "02:00");
  assert.equal(localTime("2027-03-28T00:59:00Z", "Europe/Berlin"), "01:59");
  assert.equal(localTime("2027-03-28T01:00:00Z", "Europe/Berlin"), "03:00");
});

test("midnight is shown as 00", (t) => {
  verifies(t, "REQ_19", "SREQ_7");
  assert.equal(localTime("2026-10-05T22:00:00Z", "Europe/Berlin"), "00:00");
});

test("minutes are counted across zones and across the change from summer time", (t) => {
  verifies(t, "REQ_18", "SREQ_7");
  assert.equal(minutesBetween("2026-10-05T12:00:00+02:00", "2026-10-05T10:05:30Z"), 5.5);
  assert.equal(minutesBetween("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"), 60);
  assert.equal(minutesBetween("2026-10-05T10:05:00Z", "2026-10-05T10:00:00Z"), -5);
});

test("what is no moment, has no offset, or names no zone, throws", (t) => {
  verifies(t, "SREQ_8");
  for (const text of ["", "2026-10-05T10:00:00", "2026-13-05T10:00:00Z", "2026-02-30T10:00:00Z", "soonZ", undefined]) {
    assert.throws(() => localTime(text, "Europe/Berlin"), RangeError, text);
  }
  assert.throws(() => localTime("2026-10-05T10:00:00Z", "Europe/Atlantis"), RangeError);
});
