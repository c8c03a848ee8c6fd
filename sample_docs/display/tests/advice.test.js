import assert from "node:assert/strict";
import { test } from "node:test";
import { lines } from "../advice.js";
import { REASONS } from "../reasons.js";
import { verifies } from "./junit.js";

const at = { now: "2026-10-05T10:07:00Z", zone: "Europe/Berlin" };
const message = {
  outcome: "advised",
  computed_at: "2026-10-05T12:07:00+02:00",
  dose: "4.0",
  meal: "4.17",
  correction: "1.56",
  on_board: "1.50",
  limited: false,
  glucose: "180",
  unit: "mg/dL",
  measured_at: "2026-10-05T10:05:00+00:00",
};
const fault = ["NO ADVICE", "The advisor has a fault. Work out your dose as you were taught."];
const show = (changes, when = at) => lines(JSON.stringify({ ...message, ...changes }), when);

test("an advice shows the dose, its parts, and the reading with its time", (t) => {
  verifies(t, "REQ_16", "REQ_19");
  assert.deepEqual(show({}), [
    "ADVICE: 4.0 U",
    "meal 4.17 U, correction 1.56 U",
    "still acting 1.50 U",
    "glucose 180 mg/dL at 12:05",
  ]);
});

test("an advice that was limited says so", (t) => {
  verifies(t, "REQ_11");
  assert.equal(show({ limited: true }).at(-1), "Limited to your maximum bolus.");
});

test("a refusal tells what to do, and shows no dose", (t) => {
  verifies(t, "REQ_17");
  for (const [reason, words] of Object.entries(REASONS)) {
    assert.deepEqual(show({ outcome: "refused", reason }), ["NO ADVICE", words]);
    assert.doesNotMatch(words, /\bU\b/);
  }
});

test("an advice is shown for 5 minutes and then no more", (t) => {
  verifies(t, "REQ_18");
  const expired = ["NO ADVICE", "The advice has expired. Ask for a new one."];
  assert.equal(show({}, { ...at, now: "2026-10-05T10:12:00Z" })[0], "ADVICE: 4.0 U");
  assert.deepEqual(show({}, { ...at, now: "2026-10-05T10:12:01Z" }), expired);
  assert.deepEqual(show({}, { ...at, now: "2026-10-05T10:06:59Z" }), expired);
});

test("a message that cannot be shown whole shows no dose", (t) => {
  verifies(t, "REQ_16", "REQ_17");
  for (const text of ["", "{", "null", "[]", "4.0", '{"outcome": "advised"}']) assert.deepEqual(lines(text, at), fault, text);
  for (const name of Object.keys(message)) assert.deepEqual(show({ [name]: undefined }), fault, name);
  for (const [name, value] of [
    ["outcome", "maybe"],
    ["dose", 4],
    ["dose", "4.2"],
    ["dose", "<b>4.0</b>"],
    ["meal", "much"],
    ["glucose", 180],
    ["glucose", "180 or so"],
    ["unit", "mg"],
    ["limited", "no"],
    ["computed_at", "10:07"],
    ["measured_at", "10:05"],
  ]) {
    assert.deepEqual(show({ [name]: value }), fault, `${name}: ${value}`);
  }
});

test("a reason that the display does not know is a fault, not an advice", (t) => {
  verifies(t, "REQ_17");
  for (const reason of ["unheard-of", "toString", "__proto__", null]) {
    assert.deepEqual(show({ outcome: "refused", reason }), fault);
  }
});

test("a time zone that is unknown is a fault", (t) => {
  verifies(t, "REQ_19");
  assert.deepEqual(show({}, { ...at, zone: "Europe/Atlantis" }), fault);
});
