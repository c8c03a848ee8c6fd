import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test("the installed SOUPs are the pinned ones", () => {
  for (const [path, { version }] of Object.entries(JSON.parse(read("package-lock.json")).packages)) {
    if (path) assert.equal(JSON.parse(read(`${path}/package.json`)).version, version, path);
  }
});

test("only its wrapper imports a SOUP", () => {
  const modules = readdirSync(new URL("..", import.meta.url)).filter((name) => name.endsWith(".js"));
  const imports = (name) => [...read(name).matchAll(/\bfrom "([^."][^"]*)"/g)].map((found) => found[1]);
  const soups = modules.flatMap((name) => imports(name).map((soup) => [soup, name])).filter(([soup]) => !soup.startsWith("node:"));
  assert.deepEqual(Object.fromEntries(soups), { "big.js": "numbers.js", luxon: "clock.js" });
});
