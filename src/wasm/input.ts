/** What users hand over, as text. Says what is wrong with values that JSON cannot express. */

import { EventError, PatternError, problem, TransformError } from "./errors.js";

export type What = "event" | "pattern" | "target input";

/** The JSON text of an object. May run the user's `toJSON` and getters. */
export function jsonText(value: unknown, what: What): string {
  if (typeof value !== "object" || value === null) throw refusal(what, `${article(what)} is JSON text or an object, not ${kindOf(value)}`);
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw refusal(what, `the ${what} cannot be written as JSON: ${reasonIn(value) ?? messageOf(cause)}`, cause);
  }
  if (text === undefined) throw refusal(what, `the ${what} cannot be written as JSON: its \`toJSON\` returned nothing`);
  if (text === "{}") refuseEmptyShell(value, what);
  return text;
}

/** The text of a pattern. */
export function patternText(pattern: unknown): string {
  if (ArrayBuffer.isView(pattern)) throw refusal("pattern", "a pattern is JSON text or an object, not bytes: decode them first");
  const text = typeof pattern === "string" ? pattern : jsonText(pattern, "pattern");
  const lone = loneSurrogateIn(text);
  if (lone < 0) return text;
  const found = loneSurrogateProblem(text, lone);
  throw new PatternError(found.message, [found]);
}

/** The first lone surrogate of a text as a problem; none if there is none. */
export function loneSurrogateProblem(text: string, at = loneSurrogateIn(text)) {
  const unit = text.charCodeAt(at).toString(16);
  const message = `half of a surrogate pair, U+${unit.toUpperCase()}, cannot be expressed in UTF-8; in JSON text it is written \`\\u${unit}\``;
  return problem("lone-surrogate", message, text, at, at + 1);
}

/** Where half of a surrogate pair stands alone in a text; -1 if nowhere. */
export function loneSurrogateIn(text: string): number {
  const { isWellFormed } = text as { isWellFormed?: () => boolean };
  if (isWellFormed?.call(text)) return -1;
  // Not `\p{Surrogate}`: V8 looks that up in its tables as soon as it reads this file, for a quarter of a millisecond.
  return text.search(/[\ud800-\udfff]/u);
}

/**
 * A copy of the settings of a target that is plain data: no getters, no prototypes, no cycles. Values that JSON would
 * drop without a word are refused.
 */
export function plainSettings(settings: unknown): object {
  if (typeof settings !== "object" || settings === null) {
    throw refusal("target input", `the settings of a target are an object, not ${kindOf(settings)}`);
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(settings, (key, value: unknown) => {
      if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
        throw refusal("target input", `\`${key}\` of a target cannot be ${kindOf(value)}`);
      }
      if (typeof value === "string" && loneSurrogateIn(value) >= 0) {
        const found = loneSurrogateProblem(value);
        throw new TransformError(`\`${key}\` of a target: ${found.message}`, [found]);
      }
      return value;
    });
  } catch (cause) {
    if (cause instanceof TransformError) throw cause;
    throw refusal("target input", `the settings of a target cannot be read: ${reasonIn(settings) ?? messageOf(cause)}`, cause);
  }
  const plain: unknown = text === undefined ? undefined : JSON.parse(text);
  if (typeof plain !== "object" || plain === null) throw refusal("target input", "the settings of a target are an object");
  if (text === "{}") refuseEmptyShell(settings, "target input");
  return plain;
}

/** A `Map`, a `Promise` and other shells have no properties of their own: as JSON they would be an empty object. */
function refuseEmptyShell(value: object, what: What): void {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag === "Object" || typeof (value as { toJSON?: unknown }).toJSON === "function") return;
  const advice =
    tag === "Promise" ? "await it first" : tag === "Map" ? "use `Object.fromEntries`" : tag.endsWith("ArrayBuffer") ? "wrap it in a `Uint8Array`" : "its content is not JSON";
  throw refusal(what, `${article(what)} is JSON text or an object, not ${an(tag)}: ${advice}`);
}

function refusal(what: What, message: string, cause?: unknown): Error {
  const Kind = what === "event" ? EventError : what === "pattern" ? PatternError : TransformError;
  return new Kind(message, [problem("not-json", message)], cause === undefined ? undefined : { cause });
}

const article = (what: What): string => (what === "event" ? "an event" : `a ${what}`);
const an = (noun: string): string => (/^[AEIOU]/.test(noun) ? `an ${noun}` : `a ${noun}`);

/** A value in words, for messages. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  const type = typeof value;
  return type === "object" ? "an object" : type === "bigint" ? "a BigInt" : `a ${type}`;
}

function messageOf(cause: unknown): string {
  try {
    return cause instanceof Error ? cause.message : String(cause);
  } catch {
    return "reading it failed";
  }
}

/** Why `JSON.stringify` failed, with the path of the place; none if a second look does not find it. */
function reasonIn(value: unknown): string | undefined {
  const open = new Set<object>();
  const look = (value: unknown, path: string): string | undefined => {
    if (typeof value === "bigint") return `\`${path}\` is a BigInt`;
    if (typeof value !== "object" || value === null) return undefined;
    if (open.has(value)) return path === "" ? "it refers to itself" : `\`${path}\` refers back to an object that contains it`;
    if (open.size > 500) return "it is nested too deeply";
    open.add(value);
    for (const key of Object.keys(value)) {
      const inner = path === "" ? key : `${path}.${key}`;
      let child: unknown;
      try {
        child = (value as Record<string, unknown>)[key];
      } catch (cause) {
        return `reading \`${inner}\` failed: ${messageOf(cause)}`;
      }
      const found = look(child, inner);
      if (found) return found;
    }
    open.delete(value);
    return undefined;
  };
  try {
    return look(value, "");
  } catch {
    return undefined;
  }
}
