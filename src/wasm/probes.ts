/**
 * Guards asked before the event is read: one look at the place where their text must stand. Where few doors are open this
 * ends most readings, and it is never wrong: what it does not understand lets pass.
 */

import { longestText } from "./basket.js";
import { isSmall, OTHERWISE, plainnessOf } from "./plain.js";
import type { Step } from "./plan.js";

type Properties = Record<string, unknown>;

/** A step with guards, and how to get there. */
export class Probe {
  /** The properties that lead to the step. */
  readonly #names: string[] = [];
  /** For each object on the way, the keys with dots that lead on as well: `a.b` is `b` in `a`. */
  readonly #dotted: string[][] = [];
  /** The last reading in which it was asked, and the numbers of the texts that stand there: so many, -1 if that is not sure. */
  #reading = 0;
  readonly #numbers: number[] = [];
  #count = 0;

  constructor(readonly step: Step) {
    for (let at: Step = step; at.parent !== undefined; at = at.parent) this.#names.unshift(at.name);
    this.#names.forEach((_, from) => {
      const rest = this.#names.slice(from);
      this.#dotted.push(rest.slice(1).map((_, more) => rest.slice(0, more + 2).join(".")));
    });
  }

  /** Is it sure that none of the texts is there whose numbers stand there? */
  misses(event: Properties, reading: number, numbers: Int32Array, from: number, end: number): boolean {
    if (this.#reading !== reading) {
      this.#reading = reading;
      this.#count = this.#ask(event);
    }
    for (let at = 0; at < this.#count; at++) {
      const number = this.#numbers[at] as number;
      for (let wanted = from; wanted < end; wanted++) {
        if (numbers[wanted] === number) return false;
      }
    }
    return this.#count >= 0;
  }

  /** An object is asked for few properties, and taken for one that has none that it does not tell. */
  #ask(event: Properties): number {
    let object = event;
    for (let at = 0; ; at++) {
      const dotted = this.#dotted[at] as string[];
      for (let key = 0; key < dotted.length; key++) {
        if (object[dotted[key] as string] !== undefined) return -1;
      }
      const value = object[this.#names[at] as string];
      const isLast = at === this.#names.length - 1;
      if (typeof value === "string" && isLast) {
        return value.length > longestText ? -1 : (this.step.guarded as NonNullable<Step["guarded"]>).lookUp(value, this.#numbers, 0);
      }
      if (typeof value !== "object" || value === null) return isSmall(value) || typeof value === "string" ? 0 : -1;
      if (isLast || Array.isArray(value) || plainnessOf(value) === OTHERWISE) return -1;
      object = value as Properties;
    }
  }
}
