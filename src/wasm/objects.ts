/**
 * Parsed events, read by a plan: only what the answer can depend on crosses to the module. Knows nothing of EventBridge.
 *
 * The answer is the one for `JSON.stringify(event)`. Properties are taken as it takes them: own and enumerable ones, each
 * read once. Whatever it would write in another way than as it looks (`toJSON`, boxed values, lone surrogates), and what
 * it would refuse, is not read here: the caller takes the text.
 *
 * There are two strokes, as most events match nothing: first what may open a door of the module (`src/machine/plan.rs`),
 * where known strings need no call at all; what else is met on the way there is put aside. Then, of that, what the rules
 * behind open doors ask for.
 */

import { Basket } from "#core";
import { begin, finish, generation, type Handle, memory } from "./engine.js";
import { loneSurrogateIn } from "./input.js";
import { type Behind, type Glance, type Guard, Key, type ModulePlan, type Reading, readingOf, type Step, type Table, type Texts } from "./plan.js";

/** What the module knows about such readings; `undefined` and `null` where it needs the text. */
interface Reader {
  free(): void;
  plan(): ModulePlan | null;
  wanted(basket: Basket, records: number, bytes: number): number | undefined;
  matchReading(basket: Basket, records: number, bytes: number): number | undefined;
}

/** The kinds of records, see `src/event/reading.rs`. */
const STRING = 0;
const NUMBER = 1;
const TRUE = 2;
const FALSE = 3;
const NULL = 4;
const ARRAY = 5;
const ELEMENT = 6;
const END = 7;

type Properties = Record<string, unknown>;

/** All paths. */
const ALL = -1;

/** More keys of objects at one step are not kept in mind. */
const mostKeys = 1000;

/** What is nested deeper is left to the text. */
const deepest = 100;

/** More records, or more than 16 times as many bytes of text, are left to the text as well. */
const mostRecords = 1 << 18;
const longest = mostRecords * 16;

let basket: Basket;
/** The instance in which the basket lives. */
let born = -1;
let words = new Uint32Array(0);
let doubles = new Float64Array(0);
let text = new Uint8Array(0);

/** How many records and bytes are in use. */
let records = 0;
let bytes = 0;
/** The basket was too small. */
let overflow = false;

/** The paths that are read now. */
let wanted = ALL;
/** What is behind the doors that known texts have opened. */
const open: Behind[] = [];
let opened = 0;
/** The event. */
let root: Properties = {};
/** What was put aside. */
const asideSteps: Step[] = [];
const asideValues: unknown[] = [];
let aside = 0;

/** Counts the readings. Getters of users may read other events meanwhile. */
let readings = 0;

const encoder = new TextEncoder();
const { hasOwnProperty, toString } = Object.prototype;
const { isRawJSON = () => false } = JSON as { isRawJSON?: (value: unknown) => boolean };

/** Twice the room, unless that is too much. */
function makeMoreRoom(): boolean {
  const count = words.length / 2;
  if (count > mostRecords) return false;
  makeRoom(Math.max(count, 256));
  return true;
}

/** Makes room for so many records; whatever was in the basket is lost. */
function makeRoom(count: number): void {
  begin();
  if (born === generation) basket.free();
  basket = new Basket(count, count * 16);
  const [at, textAt] = [basket.records(), basket.text()];
  finish(undefined);
  born = generation;
  words = new Uint32Array(memory.buffer, at, count * 4);
  doubles = new Float64Array(memory.buffer, at, count * 2);
  text = new Uint8Array(memory.buffer, textAt, count * 16);
}

/** One more record; `false` if there is no room for it, as in all that follow if the reading is given up. */
function put(head: number, more: number): boolean {
  const at = records * 4;
  if (at >= words.length) return !(overflow = true);
  words[at] = head;
  words[at + 1] = more;
  records++;
  return true;
}

/** Longer strings are faster written by the encoder, which takes a while to begin. */
const short = 64;

function putString(head: number, value: string): boolean {
  const { length } = value;
  if (bytes + length * 3 > text.length) return !(overflow = true);
  let at = 0;
  if (length <= short) {
    for (; at < length; at++) {
      const unit = value.charCodeAt(at);
      if (unit > 127) break;
      text[bytes + at] = unit;
    }
  }
  if (at < length) {
    at = encoder.encodeInto(value, text.subarray(bytes)).written;
    if (at !== length && loneSurrogateIn(value) >= 0) return false;
  }
  bytes += at;
  return put(head + STRING, at);
}

function putNumber(head: number, value: number): boolean {
  if (!Number.isFinite(value)) return put(head + NULL, 0);
  // The smallest numbers are compared by how they are spelled.
  if (value < 1e-300 && value > -1e-300 && value !== 0) return false;
  if (!put(head + NUMBER, 0)) return false;
  doubles[records * 2 - 1] = value;
  return true;
}

/** A member that is no object. */
function putLeaf({ head, isEnd }: Step, value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return !isEnd || putString(head, value);
    case "number":
      return !isEnd || putNumber(head, value);
    case "boolean":
      return !isEnd || put(head + (value ? TRUE : FALSE), 0);
    case "object": // null
      return !isEnd || put(head + NULL, 0);
    case "undefined":
    case "symbol":
      return true;
    default: // a BigInt, or a function, which may have `toJSON`
      return false;
  }
}

function putAside(step: Step, value: unknown): boolean {
  asideSteps[aside] = step;
  asideValues[aside] = value;
  aside++;
  return true;
}

/** Is it written as it looks? */
function isPlain(object: { toJSON?: unknown; constructor?: unknown }): boolean {
  if (typeof object.toJSON === "function") return false;
  return object.constructor === Object || isPlainAtSecondSight(object);
}

const isPlainAtSecondSight = (object: object): boolean => toString.call(object) === "[object Object]" && !isRawJSON(object);

/** The first stroke: looks at what may open doors, and puts aside what else is wanted. */
function look(step: Step, object: Properties, depth: number): boolean {
  if (depth === deepest || !isPlain(object)) return false;
  step.looked = readings;
  let last: Step | Key = step;
  for (const name in object) {
    let key: Key | undefined = last.next;
    if (key === undefined || key.text !== name) last.next = key = keyOf(step, name);
    last = key;
    const child = key.step;
    if (child === undefined) {
      if (key.isWay) return false;
    } else if (hasOwnProperty.call(object, name)) {
      const value = object[name];
      if (child.isGuard) note(child, value);
      if (!(child.leadsToDoor ? lookAt(child, value, depth) : putAside(child, value))) return false;
    }
  }
  return true;
}

function lookAt(step: Step, value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "object":
      if (value !== null) return Array.isArray(value) ? gatherElements(step, value, depth) : look(step, value as Properties, depth + 1);
      break;
    case "bigint":
    case "function":
      return false;
    case "string":
      if (value.length > longest) return false;
      if (step.texts !== undefined) openBy(value, step.texts);
  }
  return step.isDoor && step.texts === undefined ? putLeaf(step, value) : putAside(step, value);
}

/** What a guard sees at its step. */
function note(step: Step, value: unknown): void {
  step.noted = readings;
  step.seen = typeof value === "string" ? value : isSmall(value) ? nothing : undefined;
}

function openBy(value: string, { whole, beginnings }: Texts<Behind>): void {
  const behind = whole.find(value);
  if (behind !== undefined) open[opened++] = behind;
  for (let at = 0; at < beginnings.length; at++) {
    const behind = (beginnings[at] as Table<Behind>).find(value);
    if (behind !== undefined) open[opened++] = behind;
  }
}

/** The paths that are wanted behind all open doors. */
function pathsBehindDoors(): number {
  let paths = 0;
  for (let at = 0; at < opened; at++) paths |= pathsBehind(open[at]);
  return paths;
}

/** The paths that are wanted where the guards let pass. */
function pathsBehind(behind: Behind | undefined): number {
  if (behind === undefined) return 0;
  const { guards } = behind;
  let paths = behind.paths;
  for (let at = 0; at < guards.length; at++) {
    const guard = guards[at] as Guard;
    if ((guard.paths & ~paths) !== 0) paths |= pathsBehindGuard(guard);
  }
  return paths;
}

function pathsBehindGuard({ step, paths, texts: { whole, beginnings } }: Guard): number {
  if (step.noted !== readings) {
    step.noted = readings;
    // Where all properties were looked at, one that was not met is not there.
    step.seen = (step.parent as Step).looked === readings ? nothing : glanceAt(step);
  }
  const { seen } = step;
  if (seen === undefined) return paths;
  if (seen === nothing) return 0;
  let found = pathsBehind(whole.find(seen));
  for (let at = 0; at < beginnings.length; at++) found |= pathsBehind((beginnings[at] as Table<Behind>).find(seen));
  return found;
}

/** No string of the module. */
const nothing = null;

/**
 * The string at a step, `nothing` if there is none, `undefined` if that is not sure. Inherited properties and those that are not
 * enumerable count as well: a guard may let pass too much, never too little.
 */
function glanceAt({ glances }: Step): string | typeof nothing | undefined {
  let value: unknown = root;
  for (let at = 0; at < glances.length; at++) {
    const { name, dotted } = glances[at] as Glance;
    if (typeof value !== "object" || value === null) break;
    const object = value as Properties;
    if (Array.isArray(object) || typeof object.toJSON === "function") return undefined;
    for (let at = 0; at < dotted.length; at++) {
      if (object[dotted[at] as string] !== undefined) return undefined;
    }
    value = object[name];
    if (at === glances.length - 1 && typeof value === "string") return value;
  }
  return isSmall(value) ? nothing : undefined;
}

/** Is it no string, and written as it looks? */
const isSmall = (value: unknown): boolean => {
  switch (typeof value) {
    case "object":
      return value === null;
    case "string":
    case "function":
    case "bigint":
      return false;
    default:
      return true;
  }
};

/** Can the event open no door, as far as can be seen at a glance? */
function opensNothing(doors: Step[]): boolean {
  for (let at = 0; at < doors.length; at++) {
    const { name, texts } = doors[at] as Step;
    const value = root[name];
    if (typeof value === "string" && value.length <= longest) openBy(value, texts as Texts<Behind>);
    else if (!isSmall(value)) return false;
  }
  return pathsBehindDoors() === 0;
}

/** The second stroke: of what was put aside, what is wanted. */
function gatherAside(): boolean {
  const count = aside;
  for (let at = 0; at < count; at++) {
    const step = asideSteps[at] as Step;
    if ((step.paths & wanted) !== 0 && !gather(step, asideValues[at], 0)) return false;
  }
  return true;
}

/** Puts what is wanted at and below a step into the basket. */
function gather(step: Step, value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return putLeaf(step, value);
  return Array.isArray(value) ? gatherElements(step, value, depth) : gatherProperties(step, value as Properties, depth);
}

function gatherProperties(step: Step, object: Properties, depth: number): boolean {
  if (depth === deepest || !isPlain(object)) return false;
  let last: Step | Key = step;
  for (const name in object) {
    let key: Key | undefined = last.next;
    if (key === undefined || key.text !== name) last.next = key = keyOf(step, name);
    last = key;
    const child = key.step;
    if (child === undefined) {
      if (key.isWay) return false;
    } else if ((child.paths & wanted) !== 0 && hasOwnProperty.call(object, name)) {
      if (!gather(child, object[name], depth + 1)) return false;
    }
  }
  return true;
}

function gatherElements(step: Step, array: unknown[] & { toJSON?: unknown }, depth: number): boolean {
  if (depth === deepest || typeof array.toJSON === "function" || !put(step.head + ARRAY, 0)) return false;
  const begun = records;
  for (let at = 0; at < array.length; at++) {
    if (!gatherElement(step, array[at], at, depth + 1)) return false;
  }
  return putEnd(begun);
}

function gatherElement(step: Step, element: unknown, index: number, depth: number): boolean {
  if (typeof element === "object" && element !== null) {
    if (!put(ELEMENT, index)) return false;
    const begun = records;
    return gather(step, element, depth) && putEnd(begun);
  }
  // What has no place in JSON is null in arrays.
  return putLeaf(step, element === undefined || typeof element === "symbol" ? null : element);
}

/** Ends what has begun before there were `begun` records; nothing is left of it if nothing was found in it. */
function putEnd(begun: number): boolean {
  if (records > begun) return put(END, 0);
  records--;
  return true;
}

function keyOf(step: Step, name: string): Key {
  const known = step.keys.get(name);
  if (known !== undefined) return known;
  const key = new Key(name, undefined, name.includes(".") && leadsOn(step, name));
  if (step.keys.size < mostKeys) step.keys.set(name, key);
  return key;
}

/** Is a key with dots the same as a way of several steps? */
function leadsOn(step: Step, name: string): boolean {
  let at: Step | undefined = step;
  for (const piece of name.split(".")) at = at?.keys.get(piece)?.step;
  return at !== undefined;
}

/** What to read, and the part of the module that asks for it. */
interface Plan<Raw> extends Reading {
  raw: Raw;
}

/** Where parsed events are taken in, for a pattern or a set of rules. */
export class ObjectDoor<Raw extends Reader> {
  #handle: Handle<Raw>;
  #plan: Plan<Raw> | undefined;
  /** Is the plan not known, or that of other rules? */
  #isStale = true;
  /** So many events are asked about as text before a plan is made anew: who changes rules all the time needs none. */
  #patience = 0;

  constructor(handle: Handle<Raw>) {
    this.#handle = handle;
  }

  /** The rules are not what they were. */
  changed(): void {
    if (!this.#isStale) this.#patience = (this.#plan?.size ?? 0) >> 6;
    this.#isStale = true;
  }

  /** How many rules match; -1 if the event needs to be asked about as text. */
  ask(event: object): number {
    this.#handle.ensureAlive();
    const plan = this.#isStale ? this.#load() : this.#plan;
    if (plan === undefined) return -1;
    beginReading();
    const found = this.#answer(plan, event, readings);
    forget();
    return overflow && makeMoreRoom() ? this.ask(event) : found;
  }

  #load(): Plan<Raw> | undefined {
    if (this.#patience-- > 0) return undefined;
    this.#plan = this.#planOf(this.#handle.begin());
    this.#isStale = false;
    return this.#plan;
  }

  #planOf(raw: Raw): Plan<Raw> | undefined {
    const plan = finish(raw.plan());
    return plan === null ? undefined : { raw, ...readingOf(plan) };
  }

  #answer(plan: Plan<Raw>, event: object, reading: number): number {
    const outcome = read(plan, event);
    if (this.#isStale || reading !== readings) return -1; // by user code that has run meanwhile
    if (outcome <= 0) return outcome;
    if (plan.needsDoor) {
      const more = records === 0 ? 0 : this.#call(plan, reading, "wanted");
      if (more === undefined) return -1;
      wanted = pathsBehindDoors() | more;
      if (wanted === 0) return 0;
      if (!readAside()) return -1;
    }
    return this.#call(plan, reading, "matchReading") ?? -1;
  }

  /** Asks the module, unless user code has changed what the question is about. */
  #call(plan: Plan<Raw>, reading: number, method: "wanted" | "matchReading"): number | undefined {
    const raw = this.#handle.begin();
    if (raw !== plan.raw || born !== generation) this.#isStale = true;
    return finish(this.#isStale || reading !== readings ? undefined : raw[method](basket, records, bytes));
  }
}

/** Holds on to no object of the event. */
function forget(): void {
  root = {};
  for (; aside > 0; aside--) asideValues[aside - 1] = undefined;
}

function beginReading(): void {
  if (born !== generation || words.length === 0) makeRoom(Math.max(words.length / 4, 256));
  readings++;
  records = bytes = aside = opened = 0;
  wanted = ALL;
  overflow = false;
}

/**
 * The first stroke, or the only one where rules may match without a door: 0 if nothing can match, -1 if it needs the text. What user
 * code throws it throws again when the text is made.
 */
function read({ root: step, needsDoor, doors }: Reading, event: object): number {
  try {
    if (Array.isArray(event)) return -1;
    root = event as Properties;
    if (!needsDoor) return gatherProperties(step, root, 0) ? 1 : -1;
    if (doors.length > 0) {
      if (!isPlain(event)) return -1;
      if (opensNothing(doors)) return 0;
      opened = 0;
    }
    return look(step, root, 0) ? 1 : -1;
  } catch {
    return -1;
  }
}

function readAside(): boolean {
  try {
    return gatherAside();
  } catch {
    return false;
  }
}
