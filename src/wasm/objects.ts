/**
 * Parsed events, read by a plan: only what the answer depends on crosses to the module. Knows nothing of EventBridge. The
 * first event crosses as text: for a plan an engine compiles a hundred functions more, and whoever asks once needs none.
 *
 * The answer is the one for `JSON.stringify(event)`. Properties are taken as it takes them, own and enumerable ones. What
 * it would write in another way than it looks (`toJSON`, boxed values, half a surrogate pair), what it would refuse, and keys
 * with dots that lead somewhere are not read here: the caller takes the text.
 *
 * Most events match nothing, so there are two strokes: first what may open a door of the module (`src/machine/plan.rs`),
 * where texts that are known need no call (`guards.ts`); then, if some may match, all that the rules behind open doors ask
 * for. Before both, where few doors are open, some guards are asked at once (`probes.ts`).
 */

import type { Basket, Inbox } from "#core";
import { basket, beginArray, beginElement, bytes, emptyBasket, end, isBasketSound, longestText, makeMoreRoom, overflow, putLeaf, records } from "./basket.js";
import { finish, finishAnswer, type Handle, inbox, receiveText, settle } from "./engine.js";
import { beginGuards, closeDoors, goThroughDoors, hidden, isBlocked, note, nothing, openDoors, readings, surePaths, sureRules, unsurePaths } from "./guards.js";
import { isSmall, mayInherit, ORDINARY, OTHERWISE, plainnessOf } from "./plain.js";
import { type Key, keyBehind, type ModulePlan, type Plan, planOf, type Step } from "./plan.js";

/** What the module does with a text and with a basket; `undefined` and `null` where it needs the text. */
interface Reader {
  free(): void;
  matches(inbox: Inbox, length: number): number;
  plan(): ModulePlan | null;
  wanted(basket: Basket, records: number, bytes: number): number | undefined;
  matchReading(basket: Basket, records: number, bytes: number): number | undefined;
}

type Properties = Record<string, unknown>;

/** What is nested deeper is left to `JSON.stringify`. */
const deepest = 100;

/** All paths. */
const all = -1;

/** The paths that are read now, a bit for each. */
let wanted = all;

/** Do the ordinary objects of this event have properties that are not their own? */
let inherits = false;

const { hasOwnProperty } = Object.prototype;

/** Where parsed events are taken in, for a pattern or a set of rules. */
export class ObjectDoor<Raw extends Reader> {
  /** The slots of the rules that match, ascending, until it is asked again; `undefined` if the module knows them. */
  slots: readonly number[] | undefined;
  #handle: Handle<Raw>;
  #plan: Plan | undefined;
  /** The part of the module whose plan it is. */
  #raw: Raw | undefined;
  /** Is the plan not known, or that of other rules? */
  #isStale = true;
  /** So many events are asked about as text before a plan is made, which neither one event nor rules that always change pay for. */
  #patience = 1;

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
    if (this.#isStale) {
      const count = this.#patience-- > 0 ? this.#askText(event) : -1;
      if (count >= 0) return count;
      this.#renew();
    }
    if (this.#plan === undefined) return -1;
    beginGuards();
    const count = this.#answer(this.#plan, event as Properties, readings);
    return count < 0 && overflow && makeMoreRoom() ? this.ask(event) : count;
  }

  /** Asks about the event as text. -1 if that failed: what cannot be written may stand where no rule looks. */
  #askText(event: object): number {
    let text: unknown;
    try {
      text = JSON.stringify(event);
    } catch {
      return -1;
    }
    // Shells such as a `Map` are written as `{}`. They are refused where their text is asked for in earnest.
    if (typeof text !== "string" || text === "{}") return -1;
    try {
      const length = receiveText(text);
      this.slots = undefined;
      return finishAnswer(this.#handle.begin().matches(inbox, length));
    } catch (thrown) {
      settle(thrown);
      return -1;
    }
  }

  #renew(): void {
    this.#raw = this.#handle.begin();
    const plan = finish(this.#raw.plan());
    this.#plan = plan === null ? undefined : planOf(plan);
    this.#isStale = false;
  }

  #answer(plan: Plan, event: Properties, reading: number): number {
    let first = -1;
    let second = -1;
    // Written out twice: a function that calls one or the other is not inlined, which one rule alone can feel.
    try {
      first = readFirst(plan, event);
    } catch {
      // What user code throws is worth no word here: it throws again when the text is made.
    }
    if (first < 0 || !this.#isSame(reading)) return -1;
    if (first === 0) return 0;
    const behindOthers = records === 0 || !plan.needsDoor ? 0 : this.#call("wanted");
    if (behindOthers === undefined) return -1;
    wanted = plan.needsDoor ? behindOthers : all;
    try {
      second = readSecond(plan, event);
    } catch {
      // As above.
    }
    if (second < 0 || !this.#isSame(reading)) return -1;
    if (second === 0) return this.#sure();
    this.slots = undefined;
    return this.#call("matchReading") ?? -1;
  }

  /** Is it still about the same? User code may have changed the rules meanwhile, or read other events. */
  #isSame(reading: number): boolean {
    return !this.#isStale && reading === readings;
  }

  #call(method: "wanted" | "matchReading"): number | undefined {
    const raw = this.#handle.begin();
    if (raw !== this.#raw || !isBasketSound()) this.#isStale = true;
    return finish(this.#isStale ? undefined : raw[method](basket, records, bytes));
  }

  #sure(): number {
    this.slots = sureRules;
    if (sureRules.length > 1) inOrder(sureRules);
    return sureRules.length;
  }
}

/** Puts numbers in order, each once. */
function inOrder(numbers: number[]): void {
  numbers.sort((a, b) => a - b);
  let kept = 1;
  for (let at = 1; at < numbers.length; at++) {
    if (numbers[at] !== numbers[at - 1]) numbers[kept++] = numbers[at] as number;
  }
  numbers.length = kept;
}

/** The first stroke: 0 if nothing can match, -1 if it needs the text. */
function readFirst(plan: Plan, event: Properties): number {
  if (Array.isArray(event) || plainnessOf(event) === OTHERWISE) return -1;
  if (plan.doors.length > 0) {
    if (opensNothing(plan, event)) return 0;
    closeDoors();
  }
  emptyBasket();
  if (!plan.needsDoor) return 1;
  wanted = all;
  inherits = mayInherit();
  return look(plan.root, event, 0) ? 1 : -1;
}

/** The second stroke: 0 if what matches is known, -1 if it needs the text. */
function readSecond(plan: Plan, event: Properties): number {
  if (plan.needsDoor) {
    goThroughDoors(plan);
    wanted |= unsurePaths;
    if (wanted === 0) return 0;
    wanted |= surePaths;
    emptyBasket();
  }
  return gatherProperties(plan.root, event, 0) ? 1 : -1;
}

/**
 * Can the event open none of the few doors, or only such as lead nowhere? A property that is inherited or not enumerable is
 * taken for what it is not: that opens too much, never too little.
 */
function opensNothing(plan: Plan, event: Properties): boolean {
  const { doors } = plan;
  for (let at = 0; at < doors.length; at++) {
    const [name, texts] = doors[at] as Plan["doors"][0];
    const value = event[name];
    if (typeof value === "string" && value.length <= longestText) openDoors(texts, value);
    else if (!isSmall(value)) return false;
  }
  return isBlocked(plan, event);
}

/** Looks at what may open doors, and notes what guards will ask for. */
function look(step: Step, object: Properties, depth: number): boolean {
  const kind = plainnessOf(object);
  if (depth === deepest || kind === OTHERWISE) return false;
  const areOwn = kind === ORDINARY && !inherits;
  let last: Step | Key = step;
  for (const name in object) {
    const key = keyBehind(last, step, name);
    last = key;
    const child = key.step;
    if (child === undefined) {
      if (key.isWay) return false;
    } else if (child.isWatched && (areOwn || hasOwnProperty.call(object, name))) {
      if (!lookAt(child, object[name], depth)) return false;
    }
  }
  return true;
}

function lookAt(step: Step, value: unknown, depth: number): boolean {
  if (typeof value === "string") {
    if (value.length > longestText) return false;
    if (step.guarded !== undefined) note(step, value);
    if (step.doors !== undefined) return openDoors(step.doors, value), true;
  } else {
    if (step.guarded !== undefined) note(step, isSmall(value) ? nothing : hidden);
    if (typeof value === "object" && value !== null) {
      if (!Array.isArray(value)) return look(step, value as Properties, depth + 1);
      step.array = readings;
      return gatherElements(step, value, depth);
    }
    if (typeof value === "bigint" || typeof value === "function") return false;
    if (step.doors !== undefined) return true;
  }
  return !step.isDoor || putLeaf(step, value);
}

/** Puts what is wanted at a step and below it into the basket. */
function gather(step: Step, value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return putLeaf(step, value);
  return Array.isArray(value) ? gatherElements(step, value, depth) : gatherProperties(step, value as Properties, depth);
}

function gatherProperties(step: Step, object: Properties, depth: number): boolean {
  if (depth === deepest || plainnessOf(object) === OTHERWISE) return false;
  let last: Step | Key = step;
  for (const name in object) {
    const key = keyBehind(last, step, name);
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
  if (depth === deepest || typeof array.toJSON === "function" || !beginArray(step)) return false;
  const begun = records;
  for (let at = 0; at < array.length; at++) {
    if (!gatherElement(step, array[at], at, depth + 1)) return false;
  }
  return end(begun);
}

function gatherElement(step: Step, element: unknown, index: number, depth: number): boolean {
  if (typeof element === "object" && element !== null) {
    if (!beginElement(index)) return false;
    const begun = records;
    return gather(step, element, depth) && end(begun);
  }
  // What has no place in JSON is null in arrays.
  return putLeaf(step, element === undefined || typeof element === "symbol" ? null : element);
}
