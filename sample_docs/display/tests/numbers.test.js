import assert from "node:assert/strict";
import { test } from "node:test";
import { exactDose, exactPart } from "../numbers.js";
import { verifies } from "./junit.js";

test("each dose that the pen can give is shown with one decimal", (t) => {
  verifies(t, "REQ_16", "SREQ_5");
  for (let halves = 0; halves <= 50; halves++) {
    const written = halves % 2 ? `${(halves - 1) / 2}.5` : `${halves / 2}.0`;
    assert.equal(exactDose(written), written);
    assert.equal(exactDose(`${written}000`), written);
  }
});

test("a dose that the pen cannot give is not shown", (t) => {
  verifies(t, "REQ_16");
  for (const text of ["4.4", "4.49999999999999999999", "4.50000000000000000001", "-0.5", "25.5", "45"]) {
    assert.throws(() => exactDose(text), RangeError, text);
  }
});

test("a dose that is no text is not shown: a number may have lost digits", (t) => {
  verifies(t, "REQ_6", "REQ_16");
  for (const value of [4.5, 4, null, undefined, ["4.5"], { toString: () => "4.5" }]) {
    assert.throws(() => exactDose(value), TypeError);
    assert.throws(() => exactPart(value), TypeError);
  }
});

test("a part keeps its sign and its two decimals", (t) => {
  verifies(t, "REQ_16", "SREQ_5");
  assert.deepEqual(["1.25", "-0.22", "0.00", "16.67"].map(exactPart), ["1.25", "-0.22", "0.00", "16.67"]);
});

test("a text that is no number throws", (t) => {
  verifies(t, "SREQ_6");
  for (const text of ["", " ", "NaN", "Infinity", "0x10", "4,5", "4.5 U", "1 0"]) {
    assert.throws(() => exactDose(text), /Invalid number/, text);
    assert.throws(() => exactPart(text), /Invalid number/, text);
  }
});
