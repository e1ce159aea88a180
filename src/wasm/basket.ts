/** What was read from a parsed event, in the module's memory, as `src/event/reading.rs` wants it. */

import { Basket } from "#core";
import { begin, finish, generation, memory } from "./engine.js";
import { loneSurrogateIn } from "./input.js";
import type { Step } from "./plan.js";

/** The kinds of records. */
const STRING = 0;
const NUMBER = 1;
const TRUE = 2;
const FALSE = 3;
const NULL = 4;
const ARRAY = 5;
const ELEMENT = 6;
const END = 7;

export let basket: Basket;

/** How many records and bytes of text are in it. */
export let records = 0;
export let bytes = 0;

/** It was too small for what should go in. */
export let overflow = false;

/** The instance in which it lives. */
let born = -1;

/** Views of it. When the module's memory grows they lose it: their length becomes 0, so it looks full. */
let words = new Uint32Array(0);
let doubles = new Float64Array(0);
let text = new Uint8Array(0);

const fewRecords = 256;

/** More records, and longer texts, are left to `JSON.stringify`. */
const mostRecords = 1 << 18;
const bytesPerRecord = 16;
export const longestText = mostRecords * bytesPerRecord;

const encoder = new TextEncoder();

/** Does it live in the instance that runs now? */
export const isBasketSound = (): boolean => born === generation;

/** Takes everything out. */
export function emptyBasket(): void {
  if (born !== generation || words.length === 0) makeRoom(fewRecords);
  records = 0;
  bytes = 0;
  overflow = false;
}

/** Twice the room, unless that is too much. What was in the basket is lost. */
export function makeMoreRoom(): boolean {
  overflow = false;
  const count = Math.max(words.length >>> 1, fewRecords);
  if (count > mostRecords) return false;
  makeRoom(count);
  return true;
}

function makeRoom(count: number): void {
  begin();
  if (born === generation) basket.free();
  basket = new Basket(count, count * bytesPerRecord);
  born = generation;
  const at = basket.records();
  const textAt = finish(basket.text());
  words = new Uint32Array(memory.buffer, at, count * 4);
  doubles = new Float64Array(memory.buffer, at, count * 2);
  text = new Uint8Array(memory.buffer, textAt, count * bytesPerRecord);
}

// All of these return `false` where the reading must be given up: for want of room, or because only the text says it.

function put(head: number, more: number): boolean {
  const at = records * 4;
  if (at >= words.length) return !(overflow = true);
  words[at] = head;
  words[at + 1] = more;
  records++;
  return true;
}

/** Puts in a value that is no object, if its step is wanted for itself. */
export function putLeaf({ head, isEnd }: Step, value: unknown): boolean {
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

/** Longer strings are written faster by the encoder, which takes a while to begin. */
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

export const beginArray = ({ head }: Step): boolean => put(head + ARRAY, 0);

export const beginElement = (index: number): boolean => put(ELEMENT, index);

/** Ends what was the last of `begun` records when it began. If nothing was found in it, nothing is left of it. */
export function end(begun: number): boolean {
  if (records > begun) return put(END, 0);
  records--;
  return true;
}
