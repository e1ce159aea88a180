/** The parts of the pattern and the values of the event that belong together, from either side. */

import type { Highlight } from "../editor.js";
import type { ExplanationNode } from "../engine.js";

export interface Lights {
  pattern: Highlight[];
  event: Highlight[];
}

const MOST = 500;

/** The part of the pattern at an offset with the values that it looked at. Objects look at nothing themselves. */
export function lightsOfPattern(root: ExplanationNode, offset: number): Lights | undefined {
  let at: ExplanationNode | undefined = root;
  let part: ExplanationNode | undefined;
  while (at) {
    if (at.kind === "field" || at.kind === "test") part = at;
    at = at.children?.find(({ from, to }) => from <= offset && offset <= to);
  }
  if (!part) return undefined;
  const values = (part.values ?? []).slice(0, MOST);
  return { pattern: [{ from: part.from, to: part.to, kind: "part" }], event: values.map(({ from, to, accepted }) => ({ from, to, kind: accepted ? "accepted" : "refused" })) };
}

/** The value of the event at an offset with the tests that looked at it; none if nothing did. */
export function lightsOfEvent(root: ExplanationNode, offset: number): Lights | undefined {
  const pattern: Highlight[] = [];
  const values = new Map<number, Highlight>();
  const queue = [root];
  for (let node = queue.pop(); node && pattern.length < MOST; node = queue.pop()) {
    if (node.children) for (const child of node.children) queue.push(child);
    if (node.kind !== "test") continue;
    for (const { from, to, accepted } of node.values ?? []) {
      if (from > offset || offset > to) continue;
      const kind = accepted ? "accepted" : "refused";
      pattern.push({ from: node.from, to: node.to, kind });
      // One test that accepts it is enough.
      if (accepted || !values.has(from)) values.set(from, { from, to, kind });
    }
  }
  return pattern.length ? { pattern: pattern.sort((a, b) => a.from - b.from), event: [...values.values()] } : undefined;
}
