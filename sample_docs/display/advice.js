// The lines on the display, from the advisor's message. What cannot be shown for certain is not shown.
import { localTime, minutesBetween } from "./clock.js";
import { exactDose, exactPart } from "./numbers.js";
import { REASONS } from "./reasons.js";

const EXPIRES_AFTER = 5; // minutes

/** The lines for a message, the text of a JSON object, at a moment and in a time zone. Never throws. */
export function lines(text, { now, zone }) {
  try {
    const message = JSON.parse(text);
    if (message.outcome === "refused" && Object.hasOwn(REASONS, message.reason)) return refusal(REASONS[message.reason]);
    if (message.outcome !== "advised") throw new RangeError("neither advice nor refusal");
    const age = minutesBetween(message.computed_at, now);
    if (age < 0 || age > EXPIRES_AFTER) return refusal("The advice has expired. Ask for a new one.");
    return advice(message, zone);
  } catch {
    return refusal("The advisor has a fault. Work out your dose as you were taught.");
  }
}

function advice(message, zone) {
  if (typeof message.limited !== "boolean") throw new TypeError("limited is neither true nor false");
  if (typeof message.glucose !== "string" || !/^\d+(\.\d)?$/.test(message.glucose)) throw new TypeError("no glucose");
  if (!["mg/dL", "mmol/L"].includes(message.unit)) throw new RangeError("no unit");
  return [
    `ADVICE: ${exactDose(message.dose)} U`,
    `meal ${exactPart(message.meal)} U, correction ${exactPart(message.correction)} U`,
    `still acting ${exactPart(message.on_board)} U`,
    `glucose ${message.glucose} ${message.unit} at ${localTime(message.measured_at, zone)}`,
    ...(message.limited ? ["Limited to your maximum bolus."] : []),
  ];
}

function refusal(words) {
  return ["NO ADVICE", words];
}
