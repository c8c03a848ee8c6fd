// Doses as exact decimal numbers. The only importer of big.js.
import Big from "big.js";

const STEP = "0.5"; // U, the step of the pen
const LARGEST = "25"; // U

const Exact = Big();
Exact.strict = true; // JavaScript's own numbers are refused: they may have lost digits before they came here

/** A dose in U as it is shown, "4.5", from the text of the message. Throws where it is no dose that the pen can give. */
export function exactDose(text) {
  if (typeof text !== "string") throw new TypeError("a dose comes as text");
  const dose = new Exact(text);
  if (dose.lt("0") || dose.gt(LARGEST) || !dose.mod(STEP).eq("0")) throw new RangeError(`not a dose: ${text}`);
  return dose.toFixed(1);
}

/** A part of a dose in U as it is shown, "-0.22". Throws where the text is no number. */
export function exactPart(text) {
  if (typeof text !== "string") throw new TypeError("a part of a dose comes as text");
  return new Exact(text).toFixed(2);
}
