/** The public API of those who write rules: the reasons of verdicts, and everything that is wrong with a text. */

import * as authoring from "#authoring";
import { EventPattern as MatchingPattern, patternSource, readContext, TargetInput as ApplyingInput, targetSource } from "./api.js";
import { ask } from "./author.js";
import { failure, received } from "./engine.js";
import { EventError, PatternError, setAdvisor, TransformError } from "./errors.js";
import { jsonText, loneSurrogateIn, loneSurrogateProblem, patternText, plainSettings } from "./input.js";
import type { CodeDescription, Diagnostic, EventInput, Explanation, TargetContext, TargetInputSettings, TransformExplanation } from "./types.js";

/**
 * One event pattern, ready to be asked about any number of events.
 *
 * @example
 * ```js
 * import { EventPattern } from "eventbridge-rules";
 *
 * const pattern = new EventPattern({ source: ["aws.s3"], detail: { object: { size: [{ numeric: [">", 1024] }] } } });
 * pattern.matches({ source: "aws.s3", detail: { object: { size: 4096 } } }); // true
 * pattern.explain('{"source":"aws.s3","detail":{"object":{"size":10}}}').summary;
 * // "no match: `detail.object.size` is 10, which is not > 1024"
 * ```
 */
export class EventPattern extends MatchingPattern {
  /**
   * Why the event matches, or why not: one verdict per part of the pattern.
   *
   * @throws {EventError} if the event is not a JSON object.
   *
   * @example
   * ```js
   * const { matches, summary, root } = pattern.explain(event);
   * for (const child of root.children ?? []) console.log(child.path, child.message);
   * ```
   */
  explain(event: EventInput): Explanation {
    try {
      const { text, complexity } = patternSource(this);
      const bytes = received(event);
      return ask(() => authoring.explainPattern(text, complexity, bytes));
    } catch (thrown) {
      throw failure(thrown, this.explain);
    }
  }
}

/**
 * What a target receives: the settings `Input`, `InputPath` and `InputTransformer` of a target of `PutTargets`. Without
 * any of them the target receives the whole event.
 *
 * @example
 * ```js
 * import { TargetInput } from "eventbridge-rules";
 *
 * const input = new TargetInput({
 *   InputTransformer: {
 *     InputPathsMap: { instance: "$.detail.instance-id", state: "$.detail.state" },
 *     InputTemplate: '"instance <instance> is in state <state>"',
 *   },
 * });
 * input.apply({ detail: { "instance-id": "i-0123456789", state: "RUNNING" } });
 * // "instance i-0123456789 is in state RUNNING"
 * ```
 */
export class TargetInput extends ApplyingInput {
  /**
   * Which variable became what, from which place of the event; what is missing; why nothing would be delivered.
   *
   * @throws {EventError} if the event is not a JSON object.
   *
   * @example
   * ```js
   * const { delivered, output, variables } = input.explain(event);
   * for (const { name, missing } of variables) if (missing) console.log(`${name} is missing`);
   * ```
   */
  explain(event: EventInput, context?: TargetContext): TransformExplanation {
    const [ruleName, ruleArn, ingestionTime] = readContext(context);
    try {
      const settings = targetSource(this);
      const bytes = received(event);
      return ask(() => authoring.explainTargetInput(settings, bytes, ruleName, ruleArn, ingestionTime));
    } catch (thrown) {
      throw failure(thrown, this.explain);
    }
  }
}

/**
 * What linting may look at besides the text.
 *
 * @example
 * ```js
 * lintPattern('{ "detail": { "size": ["5"] } }', { samples: [{ detail: { size: 5 } }] });
 * ```
 */
export interface LintOptions {
  /** Events that the pattern or the target input is written for. What is no event is ignored. */
  samples?: readonly EventInput[];
}

/**
 * Every problem of a pattern, not only the first: what EventBridge refuses (errors) and what is very likely a mistake
 * (warnings). Never throws; an empty list means a good pattern.
 *
 * @example
 * ```js
 * import { lintPattern } from "eventbridge-rules";
 *
 * for (const { range, severity, message } of lintPattern('{ "source": "aws.s3" }')) {
 *   console.log(`${range.start.line + 1}:${range.start.character + 1} ${severity}: ${message}`);
 * }
 * ```
 */
export function lintPattern(text: string, options?: LintOptions): Diagnostic[] {
  let given: string;
  try {
    // Who has an object means its text; what has none is refused as `EventPattern` would.
    given = typeof text === "string" ? text : JSON.stringify(JSON.parse(patternText(text)), null, 2);
  } catch (refusal) {
    return diagnosticsOf(refusal);
  }
  const samples = sampleTexts(options);
  try {
    return withLoneSurrogate(given, ask(() => authoring.lintPattern(given, samples)));
  } catch (thrown) {
    throw failure(thrown, lintPattern);
  }
}

/**
 * Every problem of the settings of a target: what `PutTargets` refuses (errors) and what is very likely a mistake
 * (warnings). Positions are those of the setting that has the problem. Never throws.
 *
 * @example
 * ```js
 * import { lintTargetInput } from "eventbridge-rules";
 *
 * lintTargetInput({ InputPath: "detail" })[0].message;
 * ```
 */
export function lintTargetInput(settings: TargetInputSettings, options?: LintOptions): Diagnostic[] {
  const samples = sampleTexts(options);
  let plain: object;
  try {
    plain = plainSettings(settings);
  } catch (refusal) {
    return diagnosticsOf(refusal);
  }
  try {
    return ask(() => authoring.lintTargetInput(plain, samples));
  } catch (thrown) {
    throw failure(thrown, lintTargetInput);
  }
}

/**
 * What a code of a diagnostic, a reason or a hint means, with an example and how it is mended; `undefined` for a code
 * that does not exist.
 *
 * @example
 * ```js
 * import { describeCode } from "eventbridge-rules";
 *
 * describeCode("wildcard-consecutive").why;
 * ```
 */
export function describeCode(code: string): CodeDescription | undefined {
  try {
    return ask(() => authoring.describeCode(String(code)));
  } catch (thrown) {
    throw failure(thrown, describeCode);
  }
}

/**
 * Every problem of an event: why it is not JSON (errors). Never throws.
 *
 * @example
 * ```js
 * import { lintEvent } from "eventbridge-rules";
 *
 * lintEvent('{ "source": "aws.s3", }')[0].range.start; // { line: 0, character: 22 }
 * ```
 */
export function lintEvent(event: EventInput): Diagnostic[] {
  try {
    const bytes = received(event);
    return ask(() => authoring.lintEvent(bytes));
  } catch (thrown) {
    if (thrown instanceof EventError) return thrown.diagnostics;
    throw failure(thrown, lintEvent);
  }
}

/** The problems for which something was refused; any other failure goes on to the caller. */
function diagnosticsOf(refusal: unknown): Diagnostic[] {
  if (refusal instanceof PatternError || refusal instanceof TransformError) return refusal.diagnostics;
  throw refusal;
}

/** The texts of the samples that are events or may be; linting ignores the rest. */
function sampleTexts(options: LintOptions | undefined): string[] {
  try {
    const samples: unknown = options?.samples;
    return Array.isArray(samples) ? samples.flatMap(sampleText) : [];
  } catch {
    return []; // A getter or a proxy of the user.
  }
}

function sampleText(sample: unknown): string | [] {
  if (typeof sample === "string") return sample;
  try {
    return ArrayBuffer.isView(sample) ? new TextDecoder().decode(sample as Uint8Array) : jsonText(sample, "event");
  } catch {
    return [];
  }
}

/** The module sees U+FFFD in the place of half a surrogate pair, which is as long, so that its positions are right. */
function withLoneSurrogate(text: string, found: Diagnostic[]): Diagnostic[] {
  const lone = loneSurrogateIn(text);
  return lone < 0 ? found : [...found, loneSurrogateProblem(text, lone)].sort((a, b) => a.from - b.from);
}

setAdvisor({
  pattern: (text, complexity) => ask(() => authoring.refusePattern(text, complexity)),
  event: (event) => (typeof event === "string" || ArrayBuffer.isView(event) ? lintEvent(event) : []),
  target: (settings) => ask(() => authoring.lintTargetInput(settings, [])),
});
