/**
 * The self-test: asks the engine that this page ships about files of facts, and shows what it answers differently.
 *
 * `selftest.html?facts=one.jsonl&facts=two.json` reads files beside the page, with a fact a line or a list of facts; without
 * a query `facts.json`, the project's own cases. A fact holds `pattern`, `event` and a verdict (`match` or `matches`), or that an
 * error is right, or `rules` with `event` or `events` and the names that match, or `valid` for a pattern alone.
 */

import { EventPattern, RuleSet } from "eventbridge-rules";
import { byId, count, el } from "./dom.js";
import { loadEngine, version } from "./engine.js";

type Fact = Record<string, unknown>;

interface Result {
  file: string;
  facts: number;
  /** Facts that are about something else. */
  skipped: number;
  differences: string[];
}

/** The reference has no limit of its own. */
const UNLIMITED = { wildcardComplexity: Infinity };
/** More differences than these need no list. */
const MOST_SHOWN = 20;

/** What is wrong with the engine's answer; nothing if the answer is right, `undefined` for a fact of another kind. */
function differenceOf(fact: Fact): string | undefined {
  const { pattern, event, rules, events } = fact;
  if (isRules(rules) && Array.isArray(fact.matches)) {
    return typeof event === "string" ? ofRules(rules, [event], [fact.matches]) : Array.isArray(events) ? ofRules(rules, events.map(String), fact.matches as unknown[][]) : undefined;
  }
  if (typeof pattern !== "string") return undefined;
  const verdict = [fact.match, fact.matches, fact.right, fact.expect].find((each) => typeof each === "boolean");
  if (typeof event === "string" && verdict !== undefined) return ofOne(pattern, event, verdict);
  if (typeof event === "string" && "error" in fact) return ofError(pattern, event, fact.check_ok === true);
  if (typeof event === "string") return undefined;
  const accepted = typeof fact.valid === "boolean" ? fact.valid || fact.class === "internal" : fact.kind === "compile" ? fact.error === null : undefined;
  if (accepted === undefined) return undefined;
  return (answerOf(() => make(pattern)) !== "error") === accepted ? "" : `accepting it is ${accepted ? "right" : "wrong"}`;
}

function isRules(rules: unknown): rules is Record<string, string> {
  return typeof rules === "object" && rules !== null;
}

/** By `matches`, by `explain` and by a rule set. */
function ofOne(pattern: string, event: string, verdict: boolean): string {
  const answers = [answerOf(() => one(pattern, event)), answerOf(() => using(new EventPattern(pattern, UNLIMITED), (made) => made.explain(event).matches)), answerOf(() => using(new RuleSet([["it", pattern]], UNLIMITED), (set) => set.match(event).length === 1))];
  return answers.every((answer) => answer === verdict) ? "" : `${answers.join(", ")}, not ${verdict}`;
}

/** Where the reference's own check accepts the pattern and something behind it crashes, we accept it. */
function ofError(pattern: string, event: string, accepted: boolean): string {
  const failed = answerOf(() => (accepted ? make(pattern) : one(pattern, event))) === "error";
  return failed === accepted ? (accepted ? "the pattern is right" : "an error is right") : "";
}

function ofRules(rules: Record<string, string>, events: string[], matches: unknown[][]): string {
  return using(new RuleSet(rules, UNLIMITED), (set) => {
    const wrong = events.findIndex((event, at) => String(set.match(event).sort()) !== String(matches[at]));
    return wrong < 0 ? "" : `event ${wrong}: ${set.match(events[wrong] ?? "").join(", ")}, not ${String(matches[wrong])}`;
  });
}

const one = (pattern: string, event: string): boolean => using(new EventPattern(pattern, UNLIMITED), (made) => made.matches(event));
const make = (pattern: string): boolean => using(new EventPattern(pattern, UNLIMITED), () => true);

function using<T extends { free(): void }, R>(value: T, work: (value: T) => R): R {
  try {
    return work(value);
  } finally {
    value.free();
  }
}

/** The answer, or `"error"`. Only errors that carry diagnostics are answers. */
function answerOf(work: () => boolean): boolean | "error" {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && "diagnostics" in error) return "error";
    throw error;
  }
}

async function check(file: string): Promise<Result> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`);
  const text = await response.text();
  const facts = (file.endsWith(".jsonl") ? text.split("\n").filter(Boolean).map((line): unknown => JSON.parse(line)) : JSON.parse(text)) as Fact[];
  const result: Result = { file, facts: facts.length, skipped: 0, differences: [] };
  for (const [at, fact] of facts.entries()) {
    const difference = differenceOf(fact);
    if (difference === undefined) result.skipped++;
    else if (difference) result.differences.push(`${String(fact.name ?? fact.id ?? at)}: ${difference}`);
    // The page stays alive, and shows how far it is.
    if (at % 500 === 499) await new Promise((done) => setTimeout(done));
  }
  return result;
}

function show({ file, facts, skipped, differences }: Result): void {
  const cells = [file, facts - skipped, skipped, differences.length].map((text) => el("td", {}, String(text)));
  byId("results").append(el("tr", {}, ...cells));
  byId("differences").append(...differences.slice(0, MOST_SHOWN).map((text) => el("li", {}, text)));
}

async function run(): Promise<void> {
  const files = new URLSearchParams(location.search).getAll("facts");
  await loadEngine();
  let differences = 0;
  for (const file of files.length ? files : ["facts.json"]) {
    // Only what lies beside the page: a link must not make it read from anywhere else.
    if (new URL(file, location.href).origin !== location.origin) throw new Error(`${file} is not on this server`);
    const result = await check(file);
    show(result);
    differences += result.differences.length;
  }
  byId("summary").textContent = differences ? `${count(differences, "difference")}.` : "No differences.";
  byId("summary").dataset.done = String(differences === 0);
}

byId("version").textContent = version;
run().catch((error: unknown) => {
  byId("summary").textContent = `The self-test could not be finished: ${error instanceof Error ? error.message : String(error)}.`;
  byId("summary").dataset.done = "false";
});
