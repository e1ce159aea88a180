/** The engine: how it is loaded, and what of it the panes show. */

import { init } from "eventbridge-rules";
import type { Diagnostic, Explanation, TransformExplanation } from "eventbridge-rules";
import { byId } from "./dom.js";

export { version } from "../../pkg/package.json";
export type { CodeDescription, Diagnostic, Explanation, ExplanationNode, Fix, Hint, NearestMiss, TargetContext, TargetInputSettings, TextEdit, TransformExplanation } from "eventbridge-rules";

/** Compiles the engine. Rejects when the file cannot be had or the browser cannot run it. */
export async function loadEngine(): Promise<void> {
  // The page preloads it, and knows its name.
  const response = await fetch(byId<HTMLLinkElement>("engine").href);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const module = await WebAssembly.compileStreaming(response.clone()).catch(async () => WebAssembly.compile(await response.arrayBuffer()));
  await init(module, module);
}

/** What an event is to a rule. `unknown` as long as the rule has had no valid pattern. */
export type EventVerdict = "match" | "no-match" | "invalid" | "unknown";

/** What there is to say of a rule beside its verdicts. */
export interface RuleCondition {
  /** How many errors its pattern has. */
  errors: number;
  /** Its newest pattern has errors, and the verdicts are those of the last one that had none. */
  stale: boolean;
}

/** Everything that the panes show. "Stale" says that the newest text is broken and the answer is that of the last one that was not. */
export interface Outcome {
  /** A row for each event, in it a verdict for each rule. */
  grid: EventVerdict[][];
  rules: RuleCondition[];
  /** All that follows is about the rule on show; first its column of the grid. */
  verdicts: EventVerdict[];
  patternProblems: Diagnostic[];
  patternStale: boolean;
  eventProblems: Diagnostic[];
  eventStale: boolean;
  /** For the selected event; none before the first valid pattern and event. */
  explanation?: Explanation;
  /** The texts that the positions of the explanation refer to. */
  explained: { pattern: string; event: string };
  /** Each names the setting whose text its place is counted in. */
  targetProblems: Diagnostic[];
  targetStale: boolean;
  payload?: TransformExplanation;
  /** Without a template, the part of the event that is the payload, as if it were the one variable of a template. Its name is empty. */
  part?: TransformExplanation["variables"][number];
}

/** Only an error makes a text invalid; all else is advice. */
export function isError(problem: Diagnostic): boolean {
  return problem.severity === "error";
}
