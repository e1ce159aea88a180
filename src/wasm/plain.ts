/** What values of JavaScript are in JSON, as far as it can be told at a glance. */

const { toString } = Object.prototype;
const { isRawJSON = () => false } = JSON as { isRawJSON?: (value: unknown) => boolean };

/** Is it written as it looks? */
export function isPlain(object: { toJSON?: unknown; constructor?: unknown }): boolean {
  if (typeof object.toJSON === "function") return false;
  return object.constructor === Object || (toString.call(object) === "[object Object]" && !isRawJSON(object));
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
