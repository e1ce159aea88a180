/** What to read from parsed events, as the module has planned it. */

import { Probe } from "./probes.js";
import { type Text, Texts } from "./texts.js";

/** See `Plan` in `src/machine/plan.rs`. */
export type ModulePlan = [pieces: string[], steps: number[], needsDoor: boolean, texts: [step: number, texts: ModuleDoor[]][]];
type ModuleDoor = [text: Text, ways: ModuleWay[]];
type ModuleWay = [paths: number, guards: [step: number, wantsOthers: boolean, texts: Text[]][], rule: number | null];

/** A step of the paths that somebody asks for. */
export class Step {
  /** The key that was the first one last time, and another one that was. */
  next: Key | undefined = undefined;
  other: Key | undefined = undefined;
  /** The keys that were met here, and those that lead on. */
  readonly keys = new Map<string, Key>();
  /** The number of the step times eight, to which a kind of record is added. */
  readonly head: number;
  readonly isEnd: boolean;
  readonly isDoor: boolean;
  /** Is there a door here or below, or a guard? */
  isWatched: boolean;
  /** The paths that end here or below, a bit for each. */
  paths: number;
  /** If only these texts open the doors here: where in `Plan.ways` stands what is behind them. */
  doors: Texts | undefined = undefined;
  /** The last reading in which an array stood here: what is in it is not looked at in advance. */
  array = 0;
  /** If guards look at what is here: the numbers of the texts that they look for. */
  guarded: Texts | undefined = undefined;
  /** Where it stands in `Plan.guarded`. */
  place = 0;
  /** The last reading in which something was here, and what: a string, or `null` for no string, `undefined` for objects. */
  noted = 0;
  seen: string | null | undefined = undefined;
  /** The last reading in which that was looked up, and the numbers of the texts that it is: so many. */
  lookedUp = 0;
  readonly numbers: number[] = [];
  count = 0;

  constructor(
    readonly parent: Step | undefined,
    /** The key of objects that leads here. */
    readonly name: string,
    /** How many more keys of events are kept in mind, at all steps together. */
    readonly room: { keys: number },
    number: number,
    flags: number,
  ) {
    this.head = number << 3;
    this.isEnd = (flags & 1) !== 0;
    this.isDoor = (flags & 2) !== 0;
    this.isWatched = this.isDoor;
    this.paths = this.isEnd ? 1 << (number & 31) : 0;
  }
}

/** A key of an object. */
export class Key {
  /** The key that came behind it last time, and another one: objects of one kind have their keys in one order. */
  next: Key | undefined = undefined;
  other: Key | undefined = undefined;

  constructor(
    readonly text: string,
    /** Where it leads; `undefined` if nobody asks. */
    readonly step: Step | undefined,
    /** It leads somewhere in several steps, with dots. */
    readonly isWay: boolean,
  ) {}
}

/** More keys of events, and longer ones, are not kept in mind. */
const mostKeys = 10_000;
const longestKey = 100;

/** The key of a name at a step, behind another key of the same object or, first, the step itself. */
export function keyBehind(last: Step | Key, step: Step, name: string): Key {
  const { next } = last;
  return next !== undefined && next.text === name ? next : otherKeyBehind(last, step, name);
}

function otherKeyBehind(last: Step | Key, step: Step, name: string): Key {
  const { next, other } = last;
  last.other = next;
  return (last.next = other !== undefined && other.text === name ? other : keyOf(step, name));
}

/** The key of a name at a step. */
function keyOf(step: Step, name: string): Key {
  const known = step.keys.get(name);
  if (known !== undefined) return known;
  const key = new Key(name, undefined, name.includes(".") && leadsOn(step, name));
  if (name.length <= longestKey && step.room.keys-- > 0) step.keys.set(name, key);
  return key;
}

/** Is a key with dots the same as a way of several steps? */
function leadsOn(step: Step, name: string): boolean {
  let at: Step | undefined = step;
  for (const piece of name.split(".")) at = at?.keys.get(piece)?.step;
  return at !== undefined;
}

/** What to read, and what is known about it. */
export interface Plan {
  root: Step;
  /** Does nothing match unless a door is open? */
  needsDoor: boolean;
  /** How much there is of it. */
  size: number;
  /** See `addWays`. */
  ways: Int32Array;
  /** The steps at which guards look, as `ways` counts them. */
  guarded: Step[];
  /** The same, to be asked in advance; none if there are no `doors`. */
  probes: Probe[];
  /** All doors, if one is needed and they are few, properties of the event itself, and opened by texts only. */
  doors: [name: string, texts: Texts][];
}

/** More doors are not looked at in advance. */
const fewDoors = 2;

export function planOf([pieces, flags, needsDoor, texts]: ModulePlan): Plan {
  const room = { keys: mostKeys };
  const root = new Step(undefined, "", room, 0, 0);
  const steps = [root];
  for (let at = 0; at < flags.length; at++) {
    const [name, flag] = [pieces[at] as string, flags[at] as number];
    const parent = steps[flag >>> 2] as Step;
    const step = new Step(parent, name, room, at + 1, flag & 3);
    parent.keys.set(name, new Key(name, step, false));
    steps.push(step);
  }
  // A step comes behind the one before it.
  for (let at = steps.length - 1; at > 0; at--) {
    const { parent, paths, isWatched } = steps[at] as Step & { parent: Step };
    parent.paths |= paths;
    parent.isWatched ||= isWatched;
  }
  const ways: number[] = [];
  const guarded: Step[] = [];
  for (const [at, doors] of texts) {
    const known = ((steps[at] as Step).doors = new Texts());
    for (const [text, ofText] of together(doors)) known.findOr(text, () => addWays(ofText));
  }
  const size = steps.length + ways.length;
  const doors = steps.filter(({ isDoor }) => isDoor);
  const areFew = needsDoor && doors.length <= fewDoors && doors.every(({ parent, doors }) => parent === root && doors !== undefined);
  // Where not all doors are looked at in advance, no guard is.
  const probes = areFew ? guarded.map((step) => new Probe(step)) : [];
  return { root, needsDoor, size, ways: Int32Array.from(ways), guarded, probes, doors: areFew ? doors.map(({ name, doors }) => [name, doors as Texts]) : [] };

  /**
   * Writes down what is behind a door, and says where: where it ends, and of each way the paths that are wanted, a bit for each,
   * where the way ends, the rule that matches if all guards let pass, or -1, and of each guard the step times two, plus one if
   * it lets all other texts pass, how many texts it looks for, and their numbers.
   */
  function addWays(ofText: ModuleWay[]): number {
    const start = ways.push(0) - 1;
    for (const [paths, guards, rule] of ofText) {
      const way = ways.push(paths, 0, rule ?? -1) - 2;
      for (const [at, wantsOthers, texts] of guards) {
        const step = steps[at] as Step;
        const known = guardAt(step);
        ways.push(step.place * 2 + Number(wantsOthers), texts.length, ...texts.map((text) => known.findOr(text, () => known.size++)));
      }
      ways[way] = ways.length;
    }
    ways[start] = ways.length;
    return start;
  }

  function guardAt(step: Step): Texts {
    if (step.guarded === undefined) {
      step.guarded = new Texts();
      step.place = guarded.push(step) - 1;
      watch(step);
    }
    return step.guarded;
  }
}

function watch(step: Step | undefined): void {
  for (let at = step; at !== undefined && !at.isWatched; at = at.parent) at.isWatched = true;
}

/** A text may open several doors. */
function together(doors: ModuleDoor[]): [text: Text, ways: ModuleWay[]][] {
  const all = new Map<string, [text: Text, ways: ModuleWay[]]>();
  for (const [text, ways] of doors) {
    const key = `${text[1]} ${text[0]}`;
    all.set(key, [text, [...(all.get(key)?.[1] ?? []), ...ways]]);
  }
  return [...all.values()];
}
