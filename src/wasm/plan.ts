/** What to read from parsed events, as the module has planned it. */

/** See `Plan` in `src/machine/plan.rs`. */
export type ModulePlan = [pieces: string[], steps: number[], needsDoor: boolean, texts: [step: number, texts: ModuleDoor[]][]];
type ModuleDoor = [text: Text, ways: [paths: number, guards: ModuleGuard[]][]];
type ModuleGuard = [step: number, texts: Text[]];

/** A string, or a beginning of strings. */
export type Text = readonly [text: string, isBeginning: boolean];

/** A step of the paths that somebody asks for. */
export class Step {
  /** The key that was the first one last time. */
  next: Key | undefined = undefined;
  /** The keys that were met here, and those that lead on. */
  readonly keys = new Map<string, Key>();
  /** The number of the step times eight, to which a kind of record is added. */
  readonly head: number;
  readonly isEnd: boolean;
  readonly isDoor: boolean;
  /** Is there a door here or below? */
  leadsToDoor: boolean;
  /** The paths that end here or below, a bit for each. */
  paths: number;
  /** If only these texts open the doors here: what is behind them. */
  texts: Texts<Behind> | undefined = undefined;
  /** The last reading that has looked at all properties of the object here. */
  looked = 0;
  /** Does a guard look at what is here? How it gets here, the last reading in which it did, and what it saw. */
  isGuard = false;
  glances: Glance[] = [];
  noted = 0;
  seen: string | null | undefined = undefined;

  constructor(
    readonly name: string,
    readonly parent: Step | undefined,
    number: number,
    flags: number,
  ) {
    this.head = number << 3;
    this.isEnd = (flags & 1) !== 0;
    this.isDoor = (flags & 2) !== 0;
    this.leadsToDoor = this.isDoor;
    this.paths = this.isEnd ? 1 << (number & 31) : 0;
  }
}

/** A key of an object. */
export class Key {
  /** The key that came behind it last time: objects of one kind have their keys in one order. */
  next: Key | undefined = undefined;

  constructor(
    readonly text: string,
    /** Where it leads; `undefined` if nobody asks. */
    readonly step: Step | undefined,
    /** It leads somewhere in several steps, with dots. */
    readonly isWay: boolean,
  ) {}
}

/** What is behind a door: paths, a bit for each, and guards of more. */
export class Behind {
  paths = 0;
  readonly guards: Guard[] = [];
}

/** What is wanted if there is one of these texts at a step. */
export class Guard {
  readonly texts = new Texts<Behind>();
  /** All that is behind it. */
  paths = 0;

  constructor(readonly step: Step) {}
}

/** Values of strings, and of all strings that begin in a certain way. */
export class Texts<T> {
  readonly whole = new Table<T>(-1);
  readonly beginnings: Table<T>[] = [];

  /** The value of a text, which is made if there is none. */
  findOr([text, isBeginning]: Text, make: () => T): T {
    const { length } = text;
    let table = isBeginning ? this.beginnings.find((table) => table.length === length) : this.whole;
    if (table === undefined) this.beginnings.push((table = new Table(length)));
    return table.find(text) ?? table.add(text, make());
  }
}

/**
 * A map of strings. A `Map` would need the hash of each string of an event, which takes longer than all else: here a few
 * characters must do, and where no string has these nothing but their sum is looked at.
 */
export class Table<T> {
  /** The sums of the strings, at their own remainder or behind it; 0 where there is none. */
  #sums = new Int32Array(8);
  #texts: string[] = [];
  #values: T[] = [];
  #size = 0;
  /** Instead, where these characters do not tell the strings apart. */
  #all: Map<string, T> | undefined;

  /** @param length that of the beginnings that are looked up; -1 for whole strings */
  constructor(readonly length: number) {}

  find(text: string): T | undefined {
    const length = this.length < 0 ? text.length : this.length;
    if (length > text.length) return undefined;
    if (this.#all !== undefined) return this.#all.get(text.slice(0, length));
    const sums = this.#sums;
    const sum = sumOf(text, length);
    for (let at = sum & (sums.length - 1); sums[at] !== 0; at = (at + 1) & (sums.length - 1)) {
      if (sums[at] !== sum) continue;
      const known = this.#texts[at] as string;
      if (this.length < 0 ? known === text : text.startsWith(known)) return this.#values[at];
    }
    return undefined;
  }

  /** Adds a string that is not there. */
  add(text: string, value: T): T {
    if (++this.#size * 2 > this.#sums.length) this.#grow();
    this.#put(text, value);
    if (this.#all !== undefined) this.#texts.forEach((text, at) => this.#all?.set(text, this.#values[at] as T));
    return value;
  }

  #put(text: string, value: T): void {
    const sums = this.#sums;
    const sum = sumOf(text, text.length);
    let steps = 0;
    let at = sum & (sums.length - 1);
    for (; sums[at] !== 0; at = (at + 1) & (sums.length - 1)) steps++;
    sums[at] = sum;
    this.#texts[at] = text;
    this.#values[at] = value;
    if (steps > crowded) this.#all ??= new Map();
  }

  #grow(): void {
    const [texts, values] = [this.#texts, this.#values];
    this.#sums = new Int32Array(this.#sums.length * 2);
    this.#texts = [];
    this.#values = [];
    texts.forEach((text, at) => this.#put(text, values[at] as T));
  }
}

/** A number, not 0, for a few characters of the first `length` ones. */
function sumOf(text: string, length: number): number {
  if (length === 0) return 1;
  const ends = text.charCodeAt(length - 1) + Math.imul(text.charCodeAt(length >> 1), 0x1f35) + Math.imul(text.charCodeAt(length >> 2), 0x3d4d51);
  const sum = Math.imul(ends + Math.imul(text.charCodeAt(length - (length >> 2) - 1), 0x2b7e1516) + length, 0x9e3779b1);
  return sum ^ (sum >>> 15) || 1;
}

/** So many strings in the wrong place are too many. */
const crowded = 16;

/** A property to be looked at, and the names that would lead further than it, with dots. */
export interface Glance {
  name: string;
  dotted: string[];
}

/** A plan, ready to be read by. */
export interface Reading {
  root: Step;
  /** Does nothing match unless a door is open? */
  needsDoor: boolean;
  /** How much there is of it. */
  size: number;
  /** All steps with doors, if they are few, properties of the event itself, and opened by texts only. */
  doors: Step[];
}

/** More doors are not looked at in advance. */
const fewDoors = 2;

export function readingOf([pieces, flags, needsDoor, texts]: ModulePlan): Reading {
  const root = new Step("", undefined, 0, 0);
  const steps = [root];
  for (let at = 0; at < flags.length; at++) {
    const [name, flag] = [pieces[at] as string, flags[at] as number];
    const parent = steps[flag >>> 2] as Step;
    const step = new Step(name, parent, at + 1, flag & 3);
    parent.keys.set(name, new Key(name, step, false));
    steps.push(step);
  }
  // A step comes behind the one before it.
  for (let at = steps.length - 1; at > 0; at--) {
    const { parent, paths, leadsToDoor } = steps[at] as Step & { parent: Step };
    parent.paths |= paths;
    parent.leadsToDoor ||= leadsToDoor;
  }
  for (const [at, doors] of texts) (steps[at] as Step).texts = behindOf(doors, steps);
  const size = texts.reduce((sum, [, doors]) => sum + doors.length, steps.length);
  const doors = steps.filter(({ isDoor }) => isDoor);
  const areFew = doors.length <= fewDoors && doors.every(({ parent, texts }) => parent === root && texts !== undefined);
  return { root, needsDoor, size, doors: areFew ? doors : [] };
}

function behindOf(doors: ModuleDoor[], steps: Step[]): Texts<Behind> {
  const texts = new Texts<Behind>();
  for (const [text, ways] of doors) {
    const behind = texts.findOr(text, () => new Behind());
    for (const [paths, guards] of ways) addWay(behind, paths, guards, steps);
  }
  return texts;
}

function addWay(behind: Behind, paths: number, [first, ...others]: ModuleGuard[], steps: Step[]): void {
  if (first === undefined) return void (behind.paths |= paths);
  const step = steps[first[0]] as Step;
  let guard = behind.guards.find((guard) => guard.step === step);
  if (guard === undefined) behind.guards.push((guard = new Guard(step)));
  guard.paths |= paths;
  for (const text of first[1]) addWay(guard.texts.findOr(text, () => new Behind()), paths, others, steps);
  if (!step.isGuard) step.glances = glancesOf(step);
  step.isGuard = true;
}

function glancesOf(step: Step): Glance[] {
  const names: string[] = [];
  for (let at = step; at.parent !== undefined; at = at.parent) names.unshift(at.name);
  return names.map((name, at) => ({ name, dotted: names.slice(at + 1).map((_, more) => names.slice(at, at + more + 2).join(".")) }));
}
