/**
 * Events as lines of JSON, one each:
 *
 *     {"name":"small file","expected":{"image-uploads":"no-match"},"event":{"source":"aws.s3","size":10}}
 *
 * `expected` says for rules, by their names, what they should answer (`match` or `no-match`), and is left out where there is
 * nothing to say. The event is what was written, on one line, numbers as they were spelled. Where `event` is a string, it is the
 * text of an event that is not (yet) a JSON object. Lines that are events themselves can be imported as well.
 */

import type { State } from "../state.js";
import { type FoundEvent } from "./found.js";
import { Json } from "./json.js";
import { oneLine, standalone } from "./spelling.js";

export function toJsonLines({ events, rules }: Pick<State, "events" | "rules">): string {
  const lines = events.map(({ name, text, expected }) => {
    const stated = rules.flatMap((rule, index): [string, string][] => (expected[index] ? [[rule.name, expected[index]]] : []));
    // Of two rules of one name, the first is the one that is meant.
    const expectations = stated.length ? `,"expected":${JSON.stringify(Object.fromEntries(stated.reverse()))}` : "";
    return `{"name":${JSON.stringify(name)}${expectations},"event":${eventOf(text)}}\n`;
  });
  return lines.join("");
}

function eventOf(text: string): string {
  const line = /^\s*\{/.test(text) ? oneLine(text) : undefined;
  return line ?? JSON.stringify(text);
}

/** A line of an export, or nothing if it is something else. */
export function fromExport(json: Json): FoundEvent | undefined {
  const event = json.get("event");
  const keys = json.members().map(([key]) => key);
  if (!event || !keys.every((key) => key === "name" || key === "expected" || key === "event")) return undefined;
  if (event.node.kind !== "string" && !event.isObject) return undefined;
  const expected = json.members("expected").flatMap(([rule, answer]): [string, "match" | "no-match"][] => {
    const says = answer.string();
    return says === "match" || says === "no-match" ? [[rule, says]] : [];
  });
  return {
    name: json.string("name") ?? "",
    text: event.isObject ? standalone(event.source) : (event.string() ?? ""),
    ...(expected.length > 0 && { expected: Object.fromEntries(expected) }),
  };
}
