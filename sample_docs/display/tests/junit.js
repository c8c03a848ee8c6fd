// A reporter for Node's test runner: JUnit XML with what each test verifies. Node's own JUnit reporter writes no
// properties; this one makes a property of each ID that a test names by verifies(t, ...), below.
import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";

const MARK = "verifies: ";

/** Names the items that a test verifies; to be called first in its body. */
export function verifies(t, ...ids) {
  for (const id of ids) t.diagnostic(MARK + id);
}

/** The reporter: `source` yields the events of a run, see the "Custom reporters" of Node's test runner. */
export default async function* junit(source) {
  const started = new Date().toISOString();
  const cases = [];
  const names = []; // of the tests that are open, by depth
  for await (const { type, data } of source) {
    if (type === "test:start") names.splice(data.nesting, Infinity, data.name);
    else if (type === "test:pass" || type === "test:fail") {
      if (data.details.type !== "suite" || type === "test:fail") cases.push(record(data, names));
    } else if (type === "test:diagnostic" && data.file && data.message.startsWith(MARK)) {
      // the diagnostics of a test follow its outcome, with its place
      const last = cases.findLast((one) => one.file === data.file && one.line === data.line);
      last?.verifies.push(data.message.slice(MARK.length));
    }
  }
  yield document(cases, started);
}

function record(data, names) {
  const { name, nesting, file, line, details, skip, todo } = data;
  const error = details.error && (details.error.cause?.stack ?? details.error.cause ?? details.error.message);
  const path = [...names.slice(0, nesting), name].join(" > ");
  return { name: path, file, line, seconds: details.duration_ms / 1000, error, skip: skip ?? todo, verifies: [] };
}

function document(cases, started) {
  const failed = cases.filter((one) => one.error !== undefined && one.skip === undefined).length;
  const skipped = cases.filter((one) => one.skip !== undefined).length;
  const seconds = cases.reduce((sum, one) => sum + one.seconds, 0).toFixed(6);
  return `<?xml version="1.0" encoding="utf-8"?>
<testsuites>
<testsuite name="unit-display" tests="${cases.length}" failures="${failed}" errors="0" skipped="${skipped}" time="${seconds}" timestamp="${started}">
${properties(configuration())}${cases.map(testcase).join("")}</testsuite>
</testsuites>
`;
}

function testcase(one) {
  const file = one.file ? relative(".", one.file).split(sep).join("/") : "";
  const shown = relative(".", one.name).split(sep).join("/") === file ? file : one.name; // a file that could not run
  const outcome =
    one.skip !== undefined ? `<skipped message="${escaped(String(one.skip))}"/>\n`
    : one.error !== undefined ? `<failure>${escaped(String(one.error))}</failure>\n`
    : "";
  const named = properties(one.verifies.map((id) => [MARK.slice(0, -2), id]));
  return `<testcase classname="${escaped(file)}" name="${escaped(shown)}" time="${one.seconds.toFixed(6)}">
${named}${outcome}</testcase>
`;
}

function properties(pairs) {
  if (!pairs.length) return "";
  const each = pairs.map(([name, value]) => `<property name="${escaped(name)}" value="${escaped(value)}"/>\n`);
  return `<properties>\n${each.join("")}</properties>\n`;
}

/** What the tests ran with: the runtime and the installed version of each dependency. */
function configuration() {
  const installed = (path) => JSON.parse(readFileSync(path, "utf8"));
  const names = Object.keys(installed("package.json").dependencies ?? {});
  const soups = names.map((name) => [name, installed(`node_modules/${name}/package.json`).version]);
  return [["node", process.versions.node], ...soups];
}

function escaped(text) {
  const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd").replace(/[&<>"]/g, (one) => marks[one]);
}
