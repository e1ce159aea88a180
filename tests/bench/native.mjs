// The native program (native.rs): its files, its building, its start.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fourteenTypes } from "./generate/fourteen-types.mjs";
import { awsEvents, cityLotEvents, largerAwsEvents, root, rulesOf } from "./workload.mjs";

const built = process.env.CARGO_TARGET_DIR ?? join(root, "target");
/** Git ignores it. */
const folder = join(built, "bench-data");
const program = join(built, "release", "examples", process.platform === "win32" ? "bench.exe" : "bench");

/** Is a program there? */
export function has(name) {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export function buildProgram() {
  execFileSync("cargo", ["build", "--quiet", "--release", "--example", "bench"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
}

const cityLotRules = Object.fromEntries(Object.entries(fourteenTypes).map(([type, { rules }]) => [type, rules.map((rule) => JSON.stringify(rule))]));
const mixedRules = (sizes) => Object.fromEntries(sizes.map((size) => [`${size} mixed rules`, rulesOf("mixed", size)]));

/** The work: events, and sets of rules under their names. */
export const works = {
  cityLots: () => ({ events: cityLotEvents(), sets: cityLotRules }),
  aws: () => ({ events: awsEvents(), sets: mixedRules([1, 10, 100, 1000, 10_000, 100_000]) }),
  largerAws: () => ({ events: largerAwsEvents(), sets: mixedRules([100]) }),
};

/** Writes the files of some work and gives their paths, those of the rules in the order of their names. */
export function written(name, texts, sets) {
  mkdirSync(folder, { recursive: true });
  const events = join(folder, `${name}.ndjson`);
  writeFileSync(events, texts.join("\n"));
  const rules = Object.values(sets).map((patterns, at) => {
    const path = join(folder, `${name}-${at}.json`);
    writeFileSync(path, JSON.stringify(patterns));
    return path;
  });
  return { events, rules };
}

/** Runs it and gives its lines, which are in the order of the rules; `wrapper` is a program that runs it, with its options. */
export function run(task, count, { events, rules }, wrapper = []) {
  const [first, ...rest] = [...wrapper, program, `--${task}`, String(count), events, ...rules];
  const output = execFileSync(first, rest, { encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "pipe"] });
  return output.trim().split("\n").map((line) => JSON.parse(line));
}
