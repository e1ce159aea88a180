/**
 * The page's state as a URL hash, so that a link holds everything and no server ever sees it.
 *
 * `#v2.` and the base64url of the deflated JSON of a `SharedState`. Browsers without `CompressionStream` write `#v2-plain.`
 * and the base64url of the JSON itself; every browser reads that. A link is a stranger's text: it is bounded before the
 * work is done, and checked field by field. Links of version 1, with a single rule, still open.
 */

import { type EventText, type Expectation, type Rule, type State, type TargetForm, type TargetKind, LONGEST_NAME, MOST_EVENTS, MOST_RULES, targetForm } from "./state.js";

/** Longest hash that is looked at, in characters, and largest state, in bytes, that it may unfold to. */
const LONGEST_HASH = 2_000_000;
const LARGEST_STATE = 8_000_000;
/** More than EventBridge allows: what is wrong can be kept too. */
const MOST_PATHS = 1000;

const DEFLATED = "#v2.";
const PLAIN = "#v2-plain.";
/** The texts of older links are packed in the same way. */
const PREFIX = /^#v[12](-plain)?\./;

/** Above this, mail and chat programs begin to cut links; the page says so. */
export const LONG_LINK = 8_000;
/** Above this, browsers begin to refuse; the address bar then stays empty, rather than hold an older state. */
export const LONGEST_ADDRESS = 500_000;

/**
 * What stands in the hash. Names are those of `State`: they are part of the format, and so are the settings of
 * `targetForm()`, because what is equal to them is left out.
 */
interface SharedState {
  version: 2;
  /** `expected` is a letter for each rule: `m`, `n` or `-`; left out where nothing is expected. */
  events: { name: string; text: string; expected?: string }[];
  selected?: number;
  rules: { name: string; pattern: string; target?: Partial<TargetForm> }[];
  rule?: number;
}

/** Why a link could not be read, in words for the user. */
export class LinkError extends Error {}

/** The hash for a state, `#` included; empty if the page would not open it again. */
export async function stateToHash(state: State): Promise<string> {
  const bytes = new TextEncoder().encode(stateToJson(state));
  if (bytes.length > LARGEST_STATE) return "";
  const hash = typeof CompressionStream === "undefined" ? PLAIN + toBase64Url(bytes) : DEFLATED + toBase64Url(await throughStream(bytes, new CompressionStream("deflate-raw"), Infinity));
  return hash.length > LONGEST_HASH ? "" : hash;
}

/** The state in a hash. Throws `LinkError`, and nothing else. */
export async function stateFromHash(hash: string): Promise<State> {
  if (hash.length > LONGEST_HASH) throw new LinkError("it is longer than any link this page makes");
  const newer = /^#v(\d+)/.exec(hash);
  if (newer && Number(newer[1]) > 2) throw new LinkError("it was made by a newer version of this page");
  return stateFromJson(await unpack(hash));
}

/** The state as the text that a link packs and the browser's storage keeps. */
export function stateToJson({ events, selected, rules, rule }: State): string {
  const shared: SharedState = {
    version: 2,
    events: events.map(({ name, text, expected }) => ({ name, text, ...(expected.some(Boolean) && { expected: rules.map((_, at) => LETTERS[expected[at] ?? ""]).join("") }) })),
    ...(selected && { selected }),
    rules: rules.map(({ name, pattern, target }) => ({ name, pattern, ...changedOf(target) })),
    ...(rule && { rule }),
  };
  return JSON.stringify(shared);
}

/** The state in such a text. Throws `LinkError`, and nothing else. */
export function stateFromJson(json: string): State {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new LinkError("it is damaged");
  }
  const shared = record(value);
  return shared.version === 1 ? firstVersion(shared) : checkedState(shared);
}

const LETTERS: Record<Expectation, string> = { "": "-", match: "m", "no-match": "n" };

function changedOf(target: TargetForm): { target?: Partial<TargetForm> } {
  const usual = Object.entries(targetForm());
  const changed = usual.filter(([key, value]) => JSON.stringify(target[key as keyof TargetForm]) !== JSON.stringify(value));
  return changed.length ? { target: Object.fromEntries(changed.map(([key]) => [key, target[key as keyof TargetForm]])) } : {};
}

async function unpack(hash: string): Promise<string> {
  const prefix = PREFIX.exec(hash);
  if (!prefix) throw new LinkError("it is not a link of this page");
  try {
    const packed = fromBase64Url(hash.slice(prefix[0].length));
    const bytes = prefix[1] ? packed : await throughStream(packed, new DecompressionStream("deflate-raw"), LARGEST_STATE);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError("it is damaged");
  }
}

/** Reads to the end, or gives up as soon as the result is larger than `limit`: a small text may unfold to gigabytes. */
async function throughStream(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw new LinkError("it holds more than this page can show");
    }
    chunks.push(value);
  }
}

function toBase64Url(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // In pieces, because a function takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 32_768)));
  return btoa(pieces.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function checkedState(shared: Record<string, unknown>): State {
  const rules = list(shared.rules, MOST_RULES).map((entry): Rule => {
    const rule = record(entry);
    return { name: name(rule.name), pattern: text(rule.pattern), target: checkedTarget(record(rule.target ?? {})) };
  });
  const events = checkedEvents(shared.events, rules.length);
  return { events, selected: placeIn(events, shared.selected ?? 0, "an event"), rules, rule: placeIn(rules, shared.rule ?? 0, "a rule") };
}

/** One rule, whose name stood among the settings of the target. */
function firstVersion(shared: Record<string, unknown>): State {
  const target = record(shared.target);
  const events = checkedEvents(shared.events, 1);
  const rule = { name: name(target.ruleName), pattern: text(shared.pattern), target: checkedTarget(target) };
  return { events, selected: placeIn(events, shared.selected, "an event"), rules: [rule], rule: 0 };
}

function checkedEvents(value: unknown, rules: number): EventText[] {
  return list(value, MOST_EVENTS).map((entry) => {
    const event = record(entry);
    const letters = text(event.expected ?? "");
    return { name: name(event.name), text: text(event.text), expected: Array.from({ length: rules }, (_, at) => expectation(letters[at])) };
  });
}

function expectation(letter: string | undefined): Expectation {
  return letter === "m" ? "match" : letter === "n" ? "no-match" : "";
}

function placeIn(all: unknown[], place: unknown, what: string): number {
  if (typeof place !== "number" || !(place in all)) throw new LinkError(`it names ${what} that it does not hold`);
  return place;
}

function name(value: unknown): string {
  return text(value).slice(0, LONGEST_NAME);
}

const KINDS: TargetKind[] = ["event", "input", "path", "transformer"];

function checkedTarget(given: Record<string, unknown>): TargetForm {
  const target: Record<string, unknown> = { ...targetForm(), ...given };
  const kind = KINDS.find((known) => known === target.kind);
  if (!kind) throw new LinkError("it has a target input of an unknown kind");
  const paths = list(target.paths, MOST_PATHS).map((row): [string, string] => {
    const [name, path] = list(row, 2);
    return [text(name), text(path)];
  });
  const words = ["input", "path", "template", "ruleArn", "ingestionTime"] as const;
  return targetForm({ kind, paths, ...Object.fromEntries(words.map((word) => [word, text(target[word])])) });
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new LinkError("it does not hold what a link of this page holds");
  return value as Record<string, unknown>;
}

function list(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new LinkError("it does not hold what a link of this page holds");
  return value;
}

/** Editors keep lines apart by `\n` alone, and positions are those of the editors' texts. */
function text(value: unknown): string {
  if (typeof value !== "string") throw new LinkError("it does not hold what a link of this page holds");
  return value.replace(/\r\n?/g, "\n");
}
