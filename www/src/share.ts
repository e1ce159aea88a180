/**
 * The page's state as a URL hash, so that a link holds everything and no server ever sees it.
 *
 * `#v1.` and the base64url of the deflated JSON of a `SharedState`. Browsers without `CompressionStream` write `#v1-plain.`
 * and the base64url of the JSON itself; every browser reads that. A link is a stranger's text: it is bounded before the
 * work is done, and checked field by field.
 */

import { type EventText, type State, type TargetForm, type TargetKind, targetForm } from "./state.js";

/** Longest hash that is looked at, in characters, and largest state, in bytes, that it may unfold to. */
const LONGEST_HASH = 2_000_000;
const LARGEST_STATE = 8_000_000;
const MOST_EVENTS = 200;
const MOST_PATHS = 100;

const DEFLATED = "#v1.";
const PLAIN = "#v1-plain.";

/** Above this, mail and chat programs begin to cut links; the page says so. */
export const LONG_LINK = 8_000;
/** Above this, browsers begin to refuse; the address bar then stays empty, rather than hold an older state. */
export const LONGEST_ADDRESS = 500_000;

/** What stands in the hash. Names are those of `State`: they are part of the format. */
interface SharedState {
  version: 1;
  events: EventText[];
  selected: number;
  pattern: string;
  target: TargetForm;
}

/** Why a link could not be read, in words for the user. */
export class LinkError extends Error {}

/** The hash for a state, `#` included. */
export async function stateToHash(state: State): Promise<string> {
  const shared: SharedState = { version: 1, ...state };
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  if (typeof CompressionStream === "undefined") return PLAIN + toBase64Url(bytes);
  return DEFLATED + toBase64Url(await throughStream(bytes, new CompressionStream("deflate-raw"), Infinity));
}

/** The state in a hash. Throws `LinkError`, and nothing else. */
export async function stateFromHash(hash: string): Promise<State> {
  if (hash.length > LONGEST_HASH) throw new LinkError("it is longer than any link this page makes");
  const newer = /^#v(\d+)/.exec(hash);
  if (newer && newer[1] !== "1") throw new LinkError("it was made by a newer version of this page");
  const json = await unpack(hash);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new LinkError("it is damaged");
  }
  return checkedState(value);
}

async function unpack(hash: string): Promise<string> {
  const prefix = [DEFLATED, PLAIN].find((start) => hash.startsWith(start));
  if (!prefix) throw new LinkError("it is not a link of this page");
  try {
    const packed = fromBase64Url(hash.slice(prefix.length));
    const bytes = prefix === PLAIN ? packed : await throughStream(packed, new DecompressionStream("deflate-raw"), LARGEST_STATE);
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

function checkedState(value: unknown): State {
  const shared = record(value);
  const events = list(shared.events, MOST_EVENTS).map((entry): EventText => {
    const event = record(entry);
    return { name: text(event.name).slice(0, 80), text: text(event.text) };
  });
  const selected = shared.selected;
  if (typeof selected !== "number" || !(selected in events)) throw new LinkError("it names an event that it does not hold");
  return { events, selected, pattern: text(shared.pattern), target: checkedTarget(record(shared.target)) };
}

const KINDS: TargetKind[] = ["event", "input", "path", "transformer"];

function checkedTarget(target: Record<string, unknown>): TargetForm {
  const kind = KINDS.find((known) => known === target.kind);
  if (!kind) throw new LinkError("it has a target input of an unknown kind");
  const paths = list(target.paths, MOST_PATHS).map((row): [string, string] => {
    const [name, path] = list(row, 2);
    return [text(name), text(path)];
  });
  const words = ["input", "path", "template", "ruleName", "ruleArn", "ingestionTime"] as const;
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
