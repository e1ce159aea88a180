/** What values of JavaScript are in JSON, as far as it can be told at a glance. */

const { getPrototypeOf, prototype } = Object;
const { toString } = prototype;
const { isRawJSON = () => false } = JSON as { isRawJSON?: (value: unknown) => boolean };

/** An object is written in another way than it looks. */
export const OTHERWISE = 0;
/** It is written as it looks: its own properties. */
export const PLAIN = 1;
/** The same, and its prototype is that of all objects. */
export const ORDINARY = 2;

/** Which of these an object is. */
export function plainnessOf(object: { toJSON?: unknown }): typeof OTHERWISE | typeof PLAIN | typeof ORDINARY {
  if (typeof object.toJSON === "function") return OTHERWISE;
  if (getPrototypeOf(object) === prototype) return ORDINARY;
  return toString.call(object) === "[object Object]" && !isRawJSON(object) ? PLAIN : OTHERWISE;
}

const empty = {};

/** Do ordinary objects have properties for `for` … `in` that are not their own? Somebody may have given them some. */
export function mayInherit(): boolean {
  for (const _ in empty) return true;
  return false;
}

/** Is it no string, nothing with properties, and nothing that JSON refuses? */
export function isSmall(value: unknown): boolean {
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
}
