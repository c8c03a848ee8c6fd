// Times of day for people. The only importer of luxon.
import { DateTime } from "luxon";

/** The time of day "HH:mm" in an IANA time zone, of a moment in ISO 8601 with an offset. Throws where either is none. */
export function localTime(text, zone) {
  const local = moment(text).setZone(zone);
  if (!local.isValid) throw new RangeError(`not a time zone: ${zone}`);
  return local.toFormat("HH:mm");
}

/** The minutes from one moment to a later one; negative where it is earlier. */
export function minutesBetween(first, last) {
  return moment(last).diff(moment(first), "minutes").minutes;
}

function moment(text) {
  if (!/(Z|[+-]\d\d:\d\d)$/.test(text)) throw new RangeError(`no offset from UTC: ${text}`);
  const found = DateTime.fromISO(text, { zone: "utc" });
  if (!found.isValid) throw new RangeError(`not a moment: ${text}`);
  return found;
}
