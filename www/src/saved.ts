/** What this browser keeps between visits: the work as it was last, and what opened links took the place of. */

import { stateFromJson, stateToJson } from "./share.js";
import type { State } from "./state.js";

/** The format in the storage is that of links; a new one gets new keys or is read by `stateFromJson`. */
const WORK = "eventbridge-rules.work";
const EARLIER = "eventbridge-rules.earlier";
/** So many earlier works are kept, as long as there is room beside the work itself: browsers give about 5 million characters. */
const MOST_EARLIER = 5;
const ROOM = 1_500_000;

/** A work that something else took the place of, and when, in ms; 0 if that is not known. */
export interface Earlier {
  at: number;
  state: State;
}

/** What stood there when this page looked last: anything else is the work of another tab. */
let known: string | null = null;
/** What this page wrote last; none once that is put aside. */
let written: string | null = null;

/**
 * Storage may be forbidden or full: then nothing is kept, and the answer says so. What another tab has written meanwhile is
 * put aside, in place of what that tab may have put aside of this one.
 */
export function save(state: State): boolean {
  const text = stateToJson(state);
  if (text === written) return true;
  const other = stored(WORK);
  if (other !== null && other !== known && other !== text) keepEarlier([{ at: Date.now(), text: other }, ...keptEarlier().filter((work) => work.text !== written)]);
  if (!write(WORK, text)) return false;
  known = written = text;
  return true;
}

export function saved(): State | undefined {
  known = stored(WORK);
  return stateOf(known ?? "");
}

/** Puts a state aside that something else takes the place of. */
export function setAside(state: State): void {
  written = null;
  keepEarlier([{ at: Date.now(), text: stateToJson(state) }, ...keptEarlier()]);
}

/** The newest first. */
export function earlier(): Earlier[] {
  return keptEarlier().flatMap(({ at, text }) => {
    const state = stateOf(text);
    return state ? [{ at, state }] : [];
  });
}

export function dropEarlier({ state }: Earlier): void {
  const gone = stateToJson(state);
  keepEarlier(keptEarlier().filter(({ text }) => text !== gone));
}

/** Forgets everything; what it returns takes that back for the earlier works. */
export function forget(): () => void {
  const works = keptEarlier();
  written = null;
  try {
    localStorage.removeItem(WORK);
    localStorage.removeItem(EARLIER);
  } catch {
    // What cannot be reached holds nothing of ours.
  }
  return () => keepEarlier(works);
}

interface Kept {
  at: number;
  text: string;
}

function keptEarlier(): Kept[] {
  const text = stored(EARLIER) ?? "[]";
  try {
    const list: unknown = JSON.parse(text);
    // Versions before this one kept a single state.
    return Array.isArray(list) ? list.filter(isKept) : [{ at: 0, text }];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "at" in value && typeof value.at === "number" && "text" in value && typeof value.text === "string";
}

/** The same work is kept once; where there is no room for all, the oldest go. */
function keepEarlier(all: Kept[]): void {
  const works = all.filter(({ text }, index) => all.findIndex((other) => other.text === text) === index).slice(0, MOST_EARLIER);
  for (; works.length; works.pop()) {
    const text = JSON.stringify(works);
    if ((text.length <= ROOM || works.length === 1) && write(EARLIER, text)) return;
  }
  try {
    localStorage.removeItem(EARLIER);
  } catch {
    // As above.
  }
}

/** The same texts, names, choices, whatever is on show: then there is nothing to go back to. */
export function isSameWork(one: State, other: State): boolean {
  const work = (state: State): string => stateToJson({ ...state, selected: 0, rule: 0 });
  return work(one) === work(other);
}

function write(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function stateOf(text: string): State | undefined {
  try {
    return stateFromJson(text);
  } catch {
    return undefined;
  }
}
