/** What this browser keeps between visits: the work as it was last, and the work that an opened link took the place of. */

import { stateFromJson, stateToJson } from "./share.js";
import type { State } from "./state.js";

/** The format in the storage is that of links; a new one gets new keys or is read by `stateFromJson`. */
const WORK = "eventbridge-rules.work";
const EARLIER = "eventbridge-rules.earlier";

/** Storage may be forbidden or full: then nothing is kept, and the answer says so. */
export function save(state: State): boolean {
  return write(WORK, stateToJson(state));
}

export function saved(): State | undefined {
  return read(WORK);
}

/** Puts a state aside that something else takes the place of. */
export function setAside(state: State): void {
  write(EARLIER, stateToJson(state));
}

export function earlier(): State | undefined {
  return read(EARLIER);
}

export function forget(): void {
  try {
    localStorage.removeItem(WORK);
    localStorage.removeItem(EARLIER);
  } catch {
    // What cannot be reached holds nothing of ours.
  }
}

/** The same texts, names, choices: then there is nothing to go back to. */
export function isSameWork(one: State, other: State): boolean {
  return stateToJson(one) === stateToJson(other);
}

function write(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function read(key: string): State | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : stateFromJson(text);
  } catch {
    return undefined;
  }
}
