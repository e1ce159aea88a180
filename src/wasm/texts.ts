/** Texts that rules ask for, and how to find those that a value is. */

/** A string, or a beginning of strings. */
export type Text = readonly [text: string, isBeginning: boolean];

/** Numbers of strings, and of all strings that begin in a certain way. */
export class Texts {
  readonly whole = new Table(-1);
  readonly beginnings: Table[] = [];
  /** How many have got a number of their own. */
  size = 0;

  /** Writes down the numbers of the texts that a value is, behind so many others; how many are there then? */
  lookUp(value: string, numbers: number[], count: number): number {
    const number = this.whole.find(value);
    if (number !== undefined) numbers[count++] = number;
    for (let at = 0; at < this.beginnings.length; at++) {
      const number = (this.beginnings[at] as Table).find(value);
      if (number !== undefined) numbers[count++] = number;
    }
    return count;
  }

  /** The number of a text, which is made if there is none. */
  findOr([text, isBeginning]: Text, make: () => number): number {
    const { length } = text;
    let table = isBeginning ? this.beginnings.find((table) => table.length === length) : this.whole;
    if (table === undefined) this.beginnings.push((table = new Table(length)));
    return table.find(text) ?? table.add(text, make());
  }
}

/**
 * Numbers of strings. A `Map` would need the hash of each string of an event, which takes longer than all else: here a few
 * characters must do, and where no string has these nothing but their sum is looked at.
 */
export class Table {
  /** The sums of the strings, at their own remainder or behind it; 0 where there is none. */
  #sums = new Int32Array(8);
  #texts: string[] = [];
  #values: number[] = [];
  #size = 0;
  /** The string, if there is one only. */
  #only: string | undefined;
  #onlyValue = 0;
  /** Instead, where these characters do not tell the strings apart. */
  #all: Map<string, number> | undefined;

  /** @param length that of the beginnings that are looked up; -1 for whole strings */
  constructor(readonly length: number) {}

  find(text: string): number | undefined {
    const length = this.length < 0 ? text.length : this.length;
    if (length > text.length) return undefined;
    const only = this.#only;
    if (only !== undefined) return (this.length < 0 ? text === only : text.startsWith(only)) ? this.#onlyValue : undefined;
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
  add(text: string, value: number): number {
    if (this.#all !== undefined) return this.#all.set(text, value), value;
    if (++this.#size * 2 > this.#sums.length) this.#grow();
    this.#only = this.#size === 1 ? text : undefined;
    this.#onlyValue = value;
    if (this.#put(text, value) > crowded) {
      const all = new Map<string, number>();
      this.#texts.forEach((text, at) => all.set(text, this.#values[at] as number));
      this.#all = all;
    }
    return value;
  }

  /** How far from its place does it end? */
  #put(text: string, value: number): number {
    const sums = this.#sums;
    const sum = sumOf(text, text.length);
    let steps = 0;
    let at = sum & (sums.length - 1);
    for (; sums[at] !== 0; at = (at + 1) & (sums.length - 1)) steps++;
    sums[at] = sum;
    this.#texts[at] = text;
    this.#values[at] = value;
    return steps;
  }

  #grow(): void {
    const [texts, values] = [this.#texts, this.#values];
    this.#sums = new Int32Array(this.#sums.length * 2);
    this.#texts = [];
    this.#values = [];
    texts.forEach((text, at) => this.#put(text, values[at] as number));
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
