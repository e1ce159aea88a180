/** The tests that are offered for a value, beside that it is equal. */

import { unquote } from "../intake/json.js";
import type { Field } from "./fields.js";
import type { Test } from "./pattern-edits.js";

export interface Choice {
  /** `starts with “2026/03/”` */
  words: string;
  test: Test;
}

export function choicesOf({ kind, value }: Field): Choice[] {
  const exists: Choice = { words: "exists, with any value", test: { kind: "exists" } };
  if (kind === "number") {
    return [
      { words: `is at least ${value}`, test: { kind: "at-least", argument: value } },
      { words: `is at most ${value}`, test: { kind: "at-most", argument: value } },
      exists,
    ];
  }
  if (kind !== "string") return [exists];
  const text = unquote(value);
  // Half a character is equal to itself and nothing more.
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) return [exists];
  const affixes = [...prefixesOf(text).map((prefix) => affix("prefix", "starts with", prefix)), ...suffixesOf(text).map((suffix) => affix("suffix", "ends with", suffix))];
  const letters = text.toLowerCase() !== text.toUpperCase();
  return [...affixes, ...(letters ? [{ words: "equals, in capitals or not", test: { kind: "equals-ignore-case", argument: value } } as const] : []), exists];
}

function affix(kind: "prefix" | "suffix", words: string, argument: string): Choice {
  return { words: `${words} “${argument}”`, test: { kind, argument: JSON.stringify(argument) } };
}

/** Up to the last of the separators, then up to the first, where that is something else. */
function prefixesOf(text: string): string[] {
  const ends = ["/", ":", ".", "-", " "].map((separator) => [text.lastIndexOf(separator) + 1, text.indexOf(separator) + 1]).find(([last = 0, first = 0]) => first > 0 && last < text.length);
  return [...new Set(ends)].map((end) => text.slice(0, end)).filter((prefix) => prefix.length > 1 && prefix.length < 60);
}

function suffixesOf(text: string): string[] {
  const dot = text.lastIndexOf(".");
  const suffix = dot > 0 ? text.slice(dot) : "";
  return /^\.\w{1,8}$/.test(suffix) ? [suffix] : [];
}
