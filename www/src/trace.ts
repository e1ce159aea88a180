/** Where a piece of the payload comes from: its variable in the template, its path, its value in the event; and the way back. */

import type { Highlight } from "./editor.js";
import type { Outcome, TransformExplanation } from "./engine.js";
import { tokensIn } from "./format.js";

type Use = TransformExplanation["variables"][number];

/** What someone points at: a character of the payload or of the template, or a row of the paths; the path of `InputPath` has no name. */
export type Pointed = { in: "output" | "template"; at: number } | { in: "paths"; name: string };

interface TracePanes {
  payload: { highlight(ranges: Highlight[]): void; name(use: Use | undefined): void };
  target: { highlight(ranges: Highlight[], names: string[]): void };
  event: { highlight(ranges: Highlight[]): void };
}

interface Trace {
  /** Someone points at this, or at nothing any more in this place. */
  point(place: Pointed["in"], pointed: Pointed | undefined): void;
  /** After each evaluation: what is pointed at may be something else now. */
  show(outcome: Outcome): void;
}

export function tracing({ payload, target, event }: TracePanes): Trace {
  let pointed: Pointed | undefined;
  let latest: Outcome | undefined;
  let lit = false;

  const light = (): void => {
    const uses = latest && pointed ? usesAt(latest, pointed) : [];
    // What the other panes have lit in the event stays.
    if (!uses.length && !lit) return;
    lit = uses.length > 0;
    const ranges = (of: (use: Use) => { from: number; to: number } | undefined): Highlight[] => uses.flatMap((use) => of(use) ?? []).map(({ from, to }) => ({ from, to, kind: "part" }));
    payload.highlight(ranges(({ output }) => output));
    payload.name(uses[0]);
    target.highlight(ranges(({ template }) => template), uses.map(({ name }) => name));
    event.highlight(ranges((use) => use.event));
  };

  return {
    point(place, next) {
      // Whoever points elsewhere meanwhile goes on.
      if (!next && pointed?.in !== place) return;
      pointed = next;
      light();
    },
    show(outcome) {
      latest = outcome;
      light();
    },
  };
}

/** None where a text is newer than the explanation: its places would be wrong. */
function usesAt({ payload, part, targetStale, eventStale, explained }: Outcome, pointed: Pointed): Use[] {
  if (!payload || targetStale || eventStale) return [];
  if (part) return [pointed.in === "output" ? tokenAt(part, payload.output ?? "", explained.event, pointed.at) : part];
  if (pointed.in === "paths") return payload.variables.filter(({ name }) => name === pointed.name);
  const { at, in: place } = pointed;
  const inside = payload.variables.filter((use) => use[place].from <= at && at < use[place].to);
  // The pointer on the right half of the last character is behind it.
  return inside.length ? inside : payload.variables.filter((use) => use[place].to === at);
}

/** More text than this is lit as a whole: its tokens would be counted with each step of the pointer. */
const LONGEST = 100_000;

/** A part of the event is delivered as it stands, but for its blanks: each of its tokens comes from the one at the same place. */
function tokenAt(part: Use, output: string, event: string, at: number): Use {
  if (!part.event || event.length > LONGEST) return part;
  const [to, from] = [tokensIn(output), tokensIn(event.slice(part.event.from, part.event.to))];
  const index = to.findLastIndex((token) => token.index <= at);
  const [token, source] = [to[index], from[index]];
  // A bracket stands for the whole.
  if (!token || !source || to.length !== from.length || /^[{}[\],:]$/.test(token[0])) return part;
  const placed = ({ 0: { length }, index }: typeof token, start: number): { from: number; to: number } => ({ from: start + index, to: start + index + length });
  return { ...part, output: { ...part.output, ...placed(token, part.output.from) }, event: { ...part.event, ...placed(source, part.event.from) } };
}
