/** What a pasted or imported text turned out to be. */

import type { TargetForm } from "../state.js";
import type { Json } from "./json.js";

export interface FoundEvent {
  /** "" where the text gives none. */
  name: string;
  text: string;
  /** Rule names, and what each should answer. */
  expected?: Record<string, "match" | "no-match">;
}

export interface FoundRule {
  name: string;
  pattern?: string;
  target?: Partial<TargetForm>;
}

export interface Found {
  /** For the notice, behind "Pasted": `an SQS envelope`. */
  what: string;
  /** The text is one event or one pattern as it stands: nothing has to be taken out of anything. */
  plain?: "event" | "pattern";
  events: FoundEvent[];
  rules: FoundRule[];
  /** Sentences: what was made up, what was left out. */
  notes: string[];
}

export function found(what: string, parts: Partial<Found>): Found {
  return { what, events: [], rules: [], notes: [], ...parts };
}

/** An event as EventBridge delivers it: `source` and `detail-type` are text. A pattern has lists there. */
export function isEvent(json: Json): boolean {
  return json.string("source") !== undefined && json.string("detail-type") !== undefined;
}

/** An event pattern: objects whose leaves are lists, with a name of the envelope at the top. */
export function isPattern(json: Json): boolean {
  const top = json.members();
  return top.some(([key]) => ENVELOPE.has(key)) && top.every(([key, value]) => key === "$or" || endsInLists(value)) && !isEvent(json);
}

const ENVELOPE = new Set(["source", "detail-type", "detail", "account", "region", "resources", "time", "id", "version", "$or"]);

function endsInLists(json: Json): boolean {
  if (json.node.kind === "array") return json.node.items.length > 0;
  return json.members().length > 0 && json.members().every(([key, value]) => key === "$or" || endsInLists(value));
}

/** What several finds are together. */
export function merged(what: string, finds: Found[]): Found {
  const notes = [...new Set(finds.flatMap((each) => each.notes))];
  return { what, events: finds.flatMap((each) => each.events), rules: finds.flatMap((each) => each.rules), notes };
}
