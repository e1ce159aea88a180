/**
 * What can be said about rules without the module: behind a door that a text of the event has opened, which other texts must
 * be there as well, and for which rules that is all. Most events end here.
 */

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
    const place = ways[at] as number;
    if ((place & 1) === 0 && (probes[place >> 1] as Probe).misses(event, readings, ways, at + 2, behind)) return true;
    at = behind;
  }
  return false;
}

/** Notes what is at a step for its guards. */
export function note(step: Step, seen: Step["seen"]): void {
  step.noted = readings;
  step.seen = seen;
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
    const place = ways[at] as number;
    const step = guarded[place >> 1] as Step;
    if (step.lookedUp !== readings) lookUp(step);
    const behind = at + 2 + (ways[at + 1] as number);
    const wantsOthers = (place & 1) !== 0;
    if (typeof step.seen === "string") {
      if (isAmong(step, ways, at + 2, behind) === wantsOthers) return FAILS;
    } else if (wantsOthers || step.seen === hidden) verdict = UNSURE;
    else return FAILS;
    at = behind;
  }
  return verdict;
}

/** Is what is at a step one of the texts whose numbers stand there? */
function isAmong(step: Step, ways: Int32Array, from: number, end: number): boolean {
  for (let at = 0; at < step.count; at++) {
    const number = step.numbers[at];
    for (let wanted = from; wanted < end; wanted++) {
      if (ways[wanted] === number) return true;
    }
  }
  return false;
}

function lookUp(step: Step): void {
  if (step.noted !== readings) note(step, isInArray(step) ? hidden : nothing);
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
export const nothing = null;

/** There is something else that may hold strings. */
export const hidden = undefined;
