/**
 * What can be said about rules without the module: behind a door that a text of the event has opened, which other texts must
 * be there as well, and for which rules that is all. Most events end here.
 */

import { isSmall } from "./plain.js";
import type { Plan, Step } from "./plan.js";
import type { Probe } from "./probes.js";
import type { Texts } from "./texts.js";

/** Counts the readings of events. */
export let readings = 0;

/** Where in the ways of the plan stands what is behind the doors that are open. */
const open: number[] = [];
let opened = 0;

/** The rules that match for sure. */
export const sureRules: number[] = [];

/** The paths of these rules, and those of the rules that may match. */
export let surePaths = 0;
export let unsurePaths = 0;

/** Begins with another event. */
export function beginGuards(): void {
  readings++;
  opened = 0;
}

/** Closes all doors. */
export function closeDoors(): void {
  opened = 0;
}

/** Opens the doors at a step that a text there opens. */
export function openDoors(doors: Texts, text: string): void {
  opened = doors.lookUp(text, open, opened);
}

/** With more ways behind open doors all of the event is read at once. */
const fewWays = 12;

/** Is it sure that nothing behind the open doors matches, from a look at few properties of the event? */
export function isBlocked({ ways, probes }: Plan, event: Record<string, unknown>): boolean {
  let asked = 0;
  for (let door = 0; door < opened; door++) {
    let at = open[door] as number;
    const end = ways[at++] as number;
    while (at < end) {
      const next = ways[at + 1] as number;
      if (++asked > fewWays || !anyMisses(ways, at + 3, next, probes, event)) return false;
      at = next;
    }
  }
  return true;
}

function anyMisses(ways: Int32Array, at: number, end: number, probes: Probe[], event: Record<string, unknown>): boolean {
  while (at < end) {
    const behind = at + 2 + (ways[at + 1] as number);
    if ((probes[ways[at] as number] as Probe).misses(event, readings, ways, at + 2, behind)) return true;
    at = behind;
  }
  return false;
}

/** Notes what is at a step for its guards. */
export function note(step: Step, value: unknown): void {
  step.noted = readings;
  step.seen = typeof value === "string" ? value : isSmall(value) ? nothing : hidden;
}

/** Looks behind all open doors, for rules that match and for what is wanted to say so about others. */
export function goThroughDoors({ ways, guarded }: Plan): void {
  if (sureRules.length > 0) sureRules.length = 0;
  surePaths = 0;
  unsurePaths = 0;
  for (let door = 0; door < opened; door++) {
    let at = open[door] as number;
    const end = ways[at++] as number;
    while (at < end) {
      const paths = ways[at] as number;
      const next = ways[at + 1] as number;
      if ((paths & ~unsurePaths) !== 0) go(paths, ways[at + 2] as number, letPass(ways, at + 3, next, guarded));
      at = next;
    }
  }
}

const FAILS = 0;
const UNSURE = 1;
const SURE = 2;

function go(paths: number, rule: number, verdict: number): void {
  if (verdict === SURE && rule >= 0) {
    sureRules.push(rule);
    surePaths |= paths;
  } else if (verdict !== FAILS) unsurePaths |= paths;
}

/** Do all guards let pass that stand there? */
function letPass(ways: Int32Array, at: number, end: number, guarded: Step[]): number {
  let verdict = SURE;
  while (at < end) {
    const step = guarded[ways[at] as number] as Step;
    const behind = at + 2 + (ways[at + 1] as number);
    if (!letsPass(step, ways, at + 2, behind)) return FAILS;
    if (step.seen === hidden) verdict = UNSURE;
    at = behind;
  }
  return verdict;
}

/** Is what is at a step one of the texts whose numbers stand there? */
function letsPass(step: Step, ways: Int32Array, from: number, end: number): boolean {
  if (step.lookedUp !== readings) lookUp(step);
  if (step.seen === hidden) return true;
  for (let at = 0; at < step.count; at++) {
    const number = step.numbers[at];
    for (let wanted = from; wanted < end; wanted++) {
      if (ways[wanted] === number) return true;
    }
  }
  return false;
}

function lookUp(step: Step): void {
  if (step.noted !== readings) note(step, isInArray(step) ? [] : undefined);
  step.lookedUp = readings;
  step.count = typeof step.seen === "string" ? (step.guarded as Texts).lookUp(step.seen, step.numbers, 0) : 0;
}

/** Does an array stand on the way to a step that was not met? */
function isInArray(step: Step): boolean {
  for (let at = step.parent; at !== undefined; at = at.parent) {
    if (at.array === readings) return true;
  }
  return false;
}

/** There is no string. */
const nothing = null;

/** There is something else that may hold strings. */
const hidden = undefined;
