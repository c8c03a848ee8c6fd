// The display as a command: node main.js [--zone ZONE] [--now TIME] reads a message from its input and prints the lines.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { lines } from "./advice.js";

const { values } = parseArgs({
  options: {
    zone: { type: "string", default: Intl.DateTimeFormat().resolvedOptions().timeZone },
    now: { type: "string", default: new Date().toISOString() },
  },
});

console.log(lines(readFileSync(0, "utf8"), values).join("\n"));
