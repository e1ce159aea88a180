/** What the explanation says of each line of the pattern. */

import type { ExplanationNode } from "../engine.js";

/** `none`: nothing hangs on what begins there. */
type LineMark = "yes" | "no" | "none";

export interface LineVerdict {
  mark: LineMark;
  /** The reasons of all that begins on the line, each in one sentence. */
  reasons: string[];
}

/** The verdicts by line, counted from 0. A line with several fields fails if one of them does. */
export function lineVerdicts(pattern: string, root: ExplanationNode): Map<number, LineVerdict> {
  const starts = lineStarts(pattern);
  const lines = new Map<number, LineVerdict>();
  const add = (from: number, mark: LineMark, reason: string): void => {
    const line = lineAt(starts, from);
    const verdict = lines.get(line) ?? { mark, reasons: [] };
    lines.set(line, verdict);
    if (RANK[mark] > RANK[verdict.mark]) verdict.mark = mark;
    verdict.reasons.push(reason);
  };
  collect(root, true, add);
  return lines;
}

const RANK: Record<LineMark, number> = { none: 0, yes: 1, no: 2 };

/** `counts` is false in the alternatives of a `$or` that holds without them: what fails there is the reason of nothing. */
function collect(node: ExplanationNode, counts: boolean, add: (from: number, mark: LineMark, reason: string) => void): void {
  const { kind, matches, code, from, message, children = [] } = node;
  if (kind === "field") return add(from, code === "replaced" ? "none" : matches ? "yes" : counts ? "no" : "none", message);
  if (kind === "or") add(from, matches ? "yes" : counts ? "no" : "none", message);
  for (const child of children) collect(child, counts && (kind !== "or" || !matches || child.matches), add);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: number[], offset: number): number {
  let low = 0;
  for (let high = starts.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
