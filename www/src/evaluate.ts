/** Evaluates the page's state: texts in, plain data for the panes out. */

import { EventPattern, RuleSet, TargetInput, lintEvent, lintPattern, lintTargetInput } from "eventbridge-rules";
import type { Diagnostic, TargetContext, TargetInputSettings } from "eventbridge-rules";
import { type EventVerdict, type Outcome, isError } from "./engine.js";
import { type EventText, type Rule, type State, type TargetForm, arnOf, mapOf, ruleOf } from "./state.js";

/** A text, its problems, and the last of its versions that had no error. */
interface Kept {
  text: string | undefined;
  /** What the text was held against, beside the rules. */
  samples: string[];
  problems: Diagnostic[];
  valid: string | undefined;
}

interface KeptEvent extends Kept {
  /** The rules that match, and what the answer is made of. */
  answer?: { text: string; generation: number; names: Set<string> };
}

interface KeptRule extends Kept {
  /** Its name in the rule set. Names of users may be equal. */
  id: string;
  /** The pattern on its own, for explanations; only of rules that were on show. */
  pattern?: { text: string; value: EventPattern };
  target: Kept & { value?: TargetInput; part?: { path: string; value: TargetInput } };
}

const nothingKept = (): Kept => ({ text: undefined, samples: [], problems: [], valid: undefined });

/** Evaluates states one after the other and remembers, for each event and rule, what was last valid. */
export function createEvaluator(): (state: State) => Outcome {
  const set = new RuleSet();
  const events = new WeakMap<EventText, KeptEvent>();
  const rules = new WeakMap<Rule, KeptRule>();
  let inSet = new Set<string>();
  let named = 0;
  /** Changes with the set. */
  let generation = 0;

  const keptRule = (rule: Rule): KeptRule => {
    const kept = rules.get(rule) ?? { ...nothingKept(), id: String(named++), target: nothingKept() };
    rules.set(rule, kept);
    return kept;
  };
  /** The set holds the rules of the state, each with its last valid pattern. */
  const putInSet = (kept: KeptRule[]): void => {
    const wanted = new Set(kept.filter(({ valid }) => valid !== undefined).map(({ id }) => id));
    for (const id of inSet) if (!wanted.has(id)) generation += Number(set.delete(id));
    // A rule that comes back brings its pattern along.
    for (const each of kept) {
      if (each.valid === undefined || inSet.has(each.id)) continue;
      if (accepts(each.id, each.valid)) generation++;
      else {
        wanted.delete(each.id);
        each.valid = undefined;
      }
    }
    inSet = wanted;
  };
  const accepts = (id: string, text: string): boolean => attempt(() => set.set(id, text)) !== undefined;
  const namesOf = (kept: KeptEvent, text: string): Set<string> => {
    if (kept.answer?.text !== text || kept.answer.generation !== generation) kept.answer = { text, generation, names: new Set(attempt(() => set.match(text))) };
    return kept.answer.names;
  };

  return (state) => {
    const keptEvents = state.events.map((event) => {
      const kept = events.get(event) ?? nothingKept();
      events.set(event, kept);
      refresh(kept, event.text, [], lintEvent);
      return kept;
    });
    const keptRules = state.rules.map(keptRule);
    const shown = keptRule(ruleOf(state));
    const samples = textsOf(keptEvents);
    state.rules.forEach((rule, index) => {
      const kept = keptRules[index];
      if (!kept) return;
      const before = kept.valid;
      // Advice that looks at the events is for the rule on show.
      if (kept === shown) refresh(kept, rule.pattern, samples, (text) => lintPattern(text, { samples }));
      else if (kept.text !== rule.pattern) refresh(kept, rule.pattern, [], (text) => lintPattern(text));
      if (kept.valid === before || kept.valid === undefined || !inSet.has(kept.id)) return;
      if (accepts(kept.id, kept.valid)) generation++;
      else kept.valid = before;
    });
    putInSet(keptRules);
    const grid = keptEvents.map((event) => keptRules.map((rule) => verdictOf(event, rule, namesOf)));
    const verdicts = grid.map((row) => row[state.rule] ?? "unknown");
    // Only what the rule lets through reaches the target.
    const arriving = textsOf(keptEvents.filter((_, index) => verdicts[index] === "match"));
    const selected = keptEvents[state.selected] ?? nothingKept();
    const pattern = patternOf(shown);
    const { valid } = selected;
    const explanation = pattern && valid !== undefined ? attempt(() => pattern.value.explain(valid)) : undefined;
    return {
      grid,
      rules: keptRules.map((kept) => ({ errors: kept.problems.filter(isError).length, stale: kept.valid !== kept.text })),
      verdicts,
      patternProblems: shown.problems,
      patternStale: shown.valid !== shown.text,
      eventProblems: selected.problems,
      eventStale: selected.valid !== selected.text,
      ...(explanation && { explanation }),
      explained: { pattern: pattern?.text ?? "", event: valid ?? "" },
      ...targetOf(shown, ruleOf(state), arriving, valid),
    };
  };
}

/** The last text of each that could be read. */
function textsOf(events: Kept[]): string[] {
  return events.flatMap(({ valid }) => valid ?? []);
}

/** Lints a text that changed or meets other samples. */
function refresh(kept: Kept, text: string, samples: string[], lint: (text: string) => Diagnostic[]): void {
  if (kept.text === text && isSame(kept.samples, samples)) return;
  kept.text = text;
  kept.samples = samples;
  kept.problems = lint(text);
  if (!kept.problems.some(isError)) kept.valid = text;
}

function isSame(some: string[], others: string[]): boolean {
  return some.length === others.length && some.every((text, index) => text === others[index]);
}

function patternOf(kept: KeptRule): KeptRule["pattern"] {
  const { valid } = kept;
  if (valid === undefined || kept.pattern?.text === valid) return kept.pattern;
  const value = attempt(() => new EventPattern(valid));
  if (value) {
    kept.pattern?.value.free();
    kept.pattern = { text: valid, value };
  }
  return kept.pattern;
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

function verdictOf(event: KeptEvent, rule: KeptRule, namesOf: (event: KeptEvent, text: string) => Set<string>): EventVerdict {
  if (event.valid === undefined || event.valid !== event.text) return "invalid";
  if (rule.valid === undefined) return "unknown";
  return namesOf(event, event.valid).has(rule.id) ? "match" : "no-match";
}

function targetOf({ target: kept }: KeptRule, rule: Rule, samples: string[], event: string | undefined): Pick<Outcome, "targetProblems" | "targetStale" | "payload" | "part"> {
  const settings = targetSettings(rule.target);
  const before = kept.valid;
  refresh(kept, JSON.stringify(settings), samples, () => lintTargetInput(settings, { samples }));
  if (kept.valid !== before) {
    const value = attempt(() => new TargetInput(settings));
    if (value) {
      kept.value?.free();
      kept.value = value;
    } else kept.valid = before;
  }
  const payload = event === undefined ? undefined : attempt(() => kept.value?.explain(event, contextOf(rule)));
  const targetStale = kept.valid !== kept.text;
  const part = event === undefined || targetStale || payload?.output === undefined ? undefined : attempt(() => partOf(kept, rule.target, event));
  return { targetProblems: kept.problems, targetStale, ...(payload && { payload }), ...(part && { part }) };
}

function partOf(kept: KeptRule["target"], { kind, path: typed }: TargetForm, event: string): Outcome["part"] {
  if (kind !== "event" && kind !== "path") return undefined;
  const path = kind === "event" ? "$" : typed;
  if (kept.part?.path !== path) {
    kept.part?.value.free();
    kept.part = { path, value: new TargetInput({ InputTransformer: { InputPathsMap: { part: path }, InputTemplate: "<part>" } }) };
  }
  const [use] = kept.part.value.explain(event).variables;
  return use && !use.missing ? { ...use, name: "" } : undefined;
}

export function targetSettings(form: TargetForm): TargetInputSettings {
  if (form.kind === "input") return { Input: form.input };
  if (form.kind === "path") return { InputPath: form.path };
  if (form.kind === "event") return {};
  return { InputTransformer: { InputPathsMap: mapOf(form.paths), InputTemplate: form.template } };
}

export function contextOf(rule: Rule): TargetContext {
  const { ingestionTime } = rule.target;
  return { ruleName: rule.name, ruleArn: arnOf(rule), ...(ingestionTime && { ingestionTime }) };
}
