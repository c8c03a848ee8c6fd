// import gone from "comment";
/* require("comment") */
import Big from "big.js";
import * as luxon from 'luxon';
import React, { useState as state, type FC } from "react";
import type { Options } from "typed";
import "side-effect/style.css";
import { deep } from "@scope/pkg/lib/deep.js";
import fs from "node:fs";
import { own } from "./own.js";
import own2 from "#internal";
export { again, more as other } from "again";
export * from "everything";
import old = require("old-style");
const { readFile, join: glue } = require("path-extra");
const whole = require('whole');

const text = "import { no } from 'text'";
const pattern = /require\("regex"\)[/'"]/g;
const half = 6 / 2; const quarter = half / 2; // "
const template = `import x from "template" ${require("inside")} ${`nested ${await import("nested-inside")}`} require("after")`;
const View: FC = () => <p title="it's">Don't import("markup") {luxon.DateTime.now().toISO()}</p>;

async function later(name: string) {
  await import("lazy/part");
  await import(name);
  require(`./${name}`);
  require(`plain-template`);
  return new Big(1).plus(Big.DP) + whole.value + readFile.sync + glue(state);
}

class Loader {
  require(name: string): unknown {
    return this.cache.require("member");
  }
}

export function render(options: { zone: string; now: Date }, ...rest: string[]): string {
  return "";
}
export default class Screen extends Loader {}
export const LIMIT: number = 5;
export interface Shape { a: number }
