/** The pattern to start from: what sends the event, and what kind of event it is. */

import { addToPattern } from "../builder/pattern-edits.js";
import { applied } from "../edits.js";
import { Json } from "./json.js";

/** Asks for `source` and `detail-type` as they are in the event; for any source where it has neither. */
export function startPattern(eventText: string): string {
  const event = Json.of(eventText);
  let pattern = "{}";
  for (const key of ["source", "detail-type"]) {
    const value = event?.get(key);
    if (!value || value.node.kind === "object" || value.node.kind === "array") continue;
    const result = addToPattern(pattern, [key], value.source);
    if ("edits" in result) pattern = applied(pattern, result.edits);
  }
  return pattern === "{}" ? '{\n  "source": [{ "exists": true }]\n}' : pattern;
}
