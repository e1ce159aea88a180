/** What is expected of an event and a rule, and whether it came true. */

import { type Mark, count, el, mark } from "./dom.js";
import type { EventVerdict } from "./engine.js";
import type { Expectation, State } from "./state.js";

/** `open`: nothing is expected. */
export type Result = "kept" | "missed" | "open";

/** How many expectations there are and how many came true. */
interface Score {
  kept: number;
  of: number;
}

export const EXPECTATIONS: [expectation: Expectation, words: string][] = [
  ["", "no expectation"],
  ["match", "should match"],
  ["no-match", "should not match"],
];

/** What a click that means “the next one” chooses. */
export function nextExpectation(expected: Expectation): Expectation {
  const at = EXPECTATIONS.findIndex(([each]) => each === expected);
  return EXPECTATIONS[(at + 1) % EXPECTATIONS.length]?.[0] ?? "";
}

/** An event that cannot be read, and a rule that has no verdict, keep no promise. */
export function resultOf(expected: Expectation, verdict: EventVerdict): Result {
  if (!expected) return "open";
  return expected === verdict ? "kept" : "missed";
}

/** The score of one rule, or of all. */
export function scoreOf({ events, rules }: State, grid: EventVerdict[][], rule?: number): Score {
  const score: Score = { kept: 0, of: 0 };
  const [first, last] = rule === undefined ? [0, rules.length - 1] : [rule, rule];
  events.forEach(({ expected }, row) => {
    for (let column = first; column <= last; column++) {
      const result = resultOf(expected[column] ?? "", grid[row]?.[column] ?? "unknown");
      score.kept += Number(result === "kept");
      score.of += Number(result !== "open");
    }
  });
  return score;
}

/** `3 of 4 as expected`; empty where nothing is expected. */
export function scoreWords({ kept, of }: Score): string {
  return of ? `${kept} of ${of} as expected` : "";
}

/** Choices for one expectation. The label is for those who do not see what it stands beside. */
export function expectationSelect(choose: (expected: Expectation) => void): HTMLSelectElement {
  const select = el("select", { class: "expect", onchange: () => choose(EXPECTATIONS[select.selectedIndex]?.[0] ?? "") });
  select.append(...EXPECTATIONS.map(([value, words]) => el("option", { value }, words)));
  return select;
}

const RESULTS: Record<Exclude<Result, "open">, { mark: Mark; words: string }> = {
  kept: { mark: "kept", words: "as expected" },
  missed: { mark: "missed", words: "missed" },
};

/** The mark and the words of a result; nothing where nothing is expected. */
export function resultLine(result: Result): HTMLElement {
  if (result === "open") return el("span", { class: "result" });
  const { mark: shape, words } = RESULTS[result];
  return el("span", { class: `result result-${result}`, title: result === "kept" ? words : "not as expected" }, mark(shape), el("span", { class: "result-words" }, words));
}

/** `2 missed`, for the places where a missed expectation must not be overlooked. */
export function missedWords({ kept, of }: Score): string {
  return of > kept ? count(of - kept, "missed expectation") : "";
}
