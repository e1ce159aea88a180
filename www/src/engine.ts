/** The one place that talks to the package: text of the page in, plain data for the panes out. */

import { EventPattern, TargetInput, describeCode, init, lintEvent, lintPattern, lintTargetInput } from "eventbridge-rules";
import type { Diagnostic, Explanation, TargetContext, TargetInputSettings, TransformExplanation } from "eventbridge-rules";
import { type EventText, type Rule, type State, type TargetForm, arnOf, mapOf, ruleOf } from "./state.js";

export { version } from "../../pkg/package.json";
export { describeCode };
export type { CodeDescription, Diagnostic, Explanation, ExplanationNode, Fix, Hint, NearestMiss, TextEdit, TransformExplanation } from "eventbridge-rules";

/** Compiles the engine. Rejects when the file cannot be had or the browser cannot run it. */
export async function loadEngine(): Promise<void> {
  const response = await fetch("core.wasm");
  if (!response.ok) throw new Error(`core.wasm: the server answered ${response.status}`);
  const module = await WebAssembly.compileStreaming(response.clone()).catch(async () => WebAssembly.compile(await response.arrayBuffer()));
  await init(module, module);
}

/** What an event is to the pattern. `unknown` as long as there has been no valid pattern. */
export type EventVerdict = "match" | "no-match" | "invalid" | "unknown";

/** Everything that the panes show. "Stale" says that the newest text is broken and the answer is that of the last one that was not. */
export interface Outcome {
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
}

/** A text, what it compiled to, and its problems; after a bad edit `value` stays that of the last good `valueText`. */
interface Kept<T> {
  text: string | undefined;
  /** What the text was held against, beside the rules. */
  samples: string[];
  problems: Diagnostic[];
  value: T | undefined;
  valueText: string;
}

const nothingKept = <T>(): Kept<T> => ({ text: undefined, samples: [], problems: [], value: undefined, valueText: "" });

/** Evaluates states one after the other and remembers what was last valid. A new document deserves a new evaluator. */
export function createEvaluator(): (state: State) => Outcome {
  const patterns = new WeakMap<Rule, Kept<EventPattern>>();
  const targets = new WeakMap<Rule, Kept<TargetInput>>();
  const events = new WeakMap<EventText, Kept<true>>();

  return (state) => {
    const kept = state.events.map((event) => {
      const entry = events.get(event) ?? nothingKept<true>();
      events.set(event, entry);
      refresh(entry, event.text, [], lintEvent, () => true);
      return entry;
    });
    const rule = ruleOf(state);
    const pattern = patterns.get(rule) ?? nothingKept<EventPattern>();
    const target = targets.get(rule) ?? nothingKept<TargetInput>();
    patterns.set(rule, pattern);
    targets.set(rule, target);
    const readable = kept.filter((entry) => entry.value);
    refresh(pattern, rule.pattern, textsOf(readable), (text, samples) => lintPattern(text, { samples }), (text) => new EventPattern(text));
    const verdicts = kept.map((entry) => verdictOf(entry, pattern.value));
    // Only what the rule lets through reaches the target.
    const arriving = kept.filter((_, index) => verdicts[index] === "match");
    const settings = targetSettings(rule.target);
    refresh(target, JSON.stringify(settings), textsOf(arriving), (_, samples) => lintTargetInput(settings, { samples }), () => new TargetInput(settings));
    const selected = kept[state.selected] ?? nothingKept<true>();
    const usable = selected.value && pattern.value;
    const explanation = usable ? attempt(() => pattern.value?.explain(selected.valueText)) : undefined;
    return {
      verdicts,
      patternProblems: pattern.problems,
      patternStale: pattern.valueText !== pattern.text,
      eventProblems: selected.problems,
      eventStale: selected.valueText !== selected.text,
      ...(explanation && { explanation }),
      explained: { pattern: pattern.valueText, event: selected.valueText },
      targetProblems: target.problems,
      targetStale: target.valueText !== target.text,
      ...payloadOf(target.value, selected, contextOf(rule)),
    };
  };
}

/** The last text of each that could be read. */
function textsOf(events: Kept<true>[]): string[] {
  return events.map((entry) => entry.valueText);
}

/** Lints a text that changed or meets other samples, and compiles one that changed and has no errors. */
function refresh<T extends { free(): void } | true>(kept: Kept<T>, text: string, samples: string[], lint: (text: string, samples: string[]) => Diagnostic[], compile: (text: string) => T): void {
  const changed = kept.text !== text;
  if (!changed && isSame(kept.samples, samples)) return;
  kept.text = text;
  kept.samples = samples;
  kept.problems = lint(text, samples);
  if (!changed || kept.problems.some(isError)) return;
  const value = attempt(() => compile(text));
  if (value === undefined) return;
  if (kept.value && kept.value !== true) kept.value.free();
  kept.value = value;
  kept.valueText = text;
}

function isSame(some: string[], others: string[]): boolean {
  return some.length === others.length && some.every((text, index) => text === others[index]);
}

/** Only an error makes a text invalid; all else is advice. */
export function isError(problem: Diagnostic): boolean {
  return problem.severity === "error";
}

/**
 * Linting has already said what is wrong, so an error here is the engine's own fault (lint and compiler disagree). The page
 * then keeps the last good answer, and the console says why.
 */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

function verdictOf(event: Kept<true>, pattern: EventPattern | undefined): EventVerdict {
  if (event.valueText !== event.text) return "invalid";
  if (!pattern) return "unknown";
  return attempt(() => (pattern.matches(event.valueText) ? "match" : "no-match")) ?? "unknown";
}

function payloadOf(target: TargetInput | undefined, event: Kept<true>, context: TargetContext): { payload?: TransformExplanation } {
  if (!target || !event.value) return {};
  const payload = attempt(() => target.explain(event.valueText, context));
  return payload ? { payload } : {};
}

function targetSettings(form: TargetForm): TargetInputSettings {
  if (form.kind === "input") return { Input: form.input };
  if (form.kind === "path") return { InputPath: form.path };
  if (form.kind === "event") return {};
  return { InputTransformer: { InputPathsMap: mapOf(form.paths), InputTemplate: form.template } };
}

function contextOf(rule: Rule): TargetContext {
  const { ingestionTime } = rule.target;
  return { ruleName: rule.name, ruleArn: arnOf(rule), ...(ingestionTime && { ingestionTime }) };
}
