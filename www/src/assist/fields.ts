/** Which fields the events on the page have: what completion offers, hover shows, and paths are made of. */

import { PATH_NAME } from "../builder/input-path.js";
import { type JsonNode, decode, readJson, textOf } from "./json.js";

/** What one event has at one path. Arrays are transparent, as they are to a pattern. */
export interface Field {
  /** The keys below it, in their order. */
  keys: Set<string>;
  /** The leaves, as they are written. */
  values: Set<string>;
}

/** The fields of an event by their path, keys joined with dots; `""` is the event itself. */
export type Fields = Map<string, Field>;

/** What is beyond helps nobody choose, and a hostile event has a million of it. */
const MOST_VALUES = 20_000;
const MOST_AT_ONE_PATH = 100;
const MOST_LEVELS = 60;
const LONGEST = 200;

/** The fields of an event text; of a broken one those before its first fault. */
export function fieldsOf(text: string): Fields {
  const fields: Fields = new Map();
  const root = readJson(text);
  if (root?.kind !== "object") return fields;
  let left = MOST_VALUES;
  const queue: [node: JsonNode, path: string, level: number][] = [[root, "", 0]];
  for (let next = queue.pop(); next && left > 0; next = queue.pop()) {
    const [node, path, level] = next;
    left--;
    if (level > MOST_LEVELS) continue;
    if (node.kind === "array") queue.push(...node.items.slice(0, left).reverse().map((item): [JsonNode, string, number] => [item, path, level + 1]));
    else if (node.kind === "object") {
      const { keys } = at(fields, path);
      const members = node.members.slice(0, left).filter(({ key }) => key.length <= LONGEST);
      for (const { key } of members) keys.add(key);
      queue.push(...members.reverse().map(({ key, value }): [JsonNode, string, number] => [value, join(path, key), level + 1]));
    } else {
      const { values } = at(fields, path);
      if (node.to - node.from <= LONGEST && values.size < MOST_AT_ONE_PATH) values.add(textOf(text, node));
    }
  }
  return fields;
}

function at(fields: Fields, path: string): Field {
  const found = fields.get(path) ?? { keys: new Set<string>(), values: new Set<string>() };
  fields.set(path, found);
  return found;
}

/** The path of a key below a path, as patterns join them. */
export function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** The events on the page, the selected one first. */
export interface Samples {
  count: number;
  /** What the selected event has there. */
  selected(path: string): Field | undefined;
  /** The keys below a path, those of the selected event first, each with the number of events that have it. */
  keys(path: string): Seen[];
  /** The values at a path, in the same order. */
  values(path: string): Seen[];
  /** All paths of the selected event that lead to something, for `InputPath`. */
  inputPaths(): string[];
}

/** A key or the text of a value. */
export interface Seen {
  text: string;
  events: number;
  selected: boolean;
}

/** Remembers what it has read of each text as long as the text is among those given. */
export function createReader(): (texts: string[]) => Samples {
  let known = new Map<string, Fields>();
  return (texts) => {
    known = new Map(texts.map((text) => [text, known.get(text) ?? fieldsOf(text)]));
    const events = texts.map((text): [string, Fields] => [text, known.get(text) ?? new Map()]);
    const count = (path: string, what: "keys" | "values"): Seen[] => tally(events.map(([, fields]) => fields.get(path)?.[what] ?? new Set()));
    return {
      count: texts.length,
      selected: (path) => events[0]?.[1].get(path),
      keys: (path) => count(path, "keys"),
      values: (path) => count(path, "values"),
      inputPaths: () => inputPathsOf(events[0]?.[0] ?? ""),
    };
  };
}

function tally(sets: Set<string>[]): Seen[] {
  const found = new Map<string, Seen>();
  sets.forEach((set, index) => {
    for (const text of set) {
      const seen = found.get(text) ?? { text, events: 0, selected: index === 0 };
      seen.events++;
      found.set(text, seen);
    }
  });
  return [...found.values()].sort((a, b) => Number(b.selected) - Number(a.selected) || b.events - a.events);
}

const MOST_PATHS = 500;

/** `$.detail.list[0].id`: every object, array and leaf of an event that an input path can reach, the first element of each array. */
export function inputPathsOf(event: string): string[] {
  const root = readJson(event);
  if (!root) return [];
  const paths: string[] = [];
  const queue: [JsonNode, string][] = [[root, "$"]];
  for (let next = queue.pop(); next && paths.length < MOST_PATHS; next = queue.pop()) {
    const [node, path] = next;
    paths.push(path);
    const first = node.items[0];
    if (path.length > LONGEST) continue;
    // An element of an array in an array has no path.
    if (node.kind === "array" && first && first.kind !== "array") queue.push([first, `${path}[0]`]);
    const below = new Map(node.members.slice(0, MOST_PATHS).filter(({ key }) => PATH_NAME.test(key)).map(({ key, value }) => [key, value]));
    queue.push(...[...below].reverse().map(([key, value]): [JsonNode, string] => [value, `${path}.${key}`]));
  }
  return paths;
}

/** A leaf as a person writes it: strings without their quotes. */
export function plain(value: string): string {
  return value.startsWith('"') ? decode(value) : value;
}
