/**
 * The public API of matching and transforming. Each method reads its arguments, calls the module and hands over; errors
 * get their class here.
 */

import * as core from "#core";
import { begin, failure, finish, finishAnswer, Handle, inbox, made, receive, words, wordsAt } from "./engine.js";
import { advised, EventError } from "./errors.js";
import { kindOf, patternText, plainSettings } from "./input.js";
import { ObjectDoor } from "./objects.js";
import type {
  EventInput,
  LineResult,
  PatternInput,
  TargetContext,
  TargetInputSettings,
} from "./types.js";

// The key of `using`; what bundlers put in its place where the platform does not know it yet.
const dispose: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for("Symbol.dispose") as typeof Symbol.dispose);

/**
 * What a pattern may demand beyond what EventBridge itself takes.
 *
 * @example
 * ```js
 * new EventPattern({ key: [{ wildcard: "*a*a*a*a*a*a*a*a*" }] }, { wildcardComplexity: Infinity });
 * ```
 */
export interface PatternOptions {
  /**
   * The largest complexity of all wildcards of a pattern together. EventBridge takes up to 10, which is also what holds
   * when this is not given; `Infinity` takes everything.
   */
  wildcardComplexity?: number;
}

/**
 * What a pattern was made of, for those who explain it.
 * @internal
 */
export let patternSource: (pattern: EventPattern) => { text: string; complexity: number | undefined };

/**
 * One event pattern, ready to be asked about any number of events.
 *
 * @example
 * ```js
 * import { EventPattern } from "eventbridge-rules";
 *
 * const pattern = new EventPattern({ source: ["aws.s3"], detail: { object: { size: [{ numeric: [">", 1024] }] } } });
 * pattern.matches({ source: "aws.s3", detail: { object: { size: 4096 } } }); // true
 * pattern.matches('{"source":"aws.s3","detail":{"object":{"size":10}}}'); // false
 * ```
 */
export class EventPattern {
  #handle: Handle<core.RawPattern>;
  #objects: ObjectDoor<core.RawPattern>;
  #source: { text: string; complexity: number | undefined };

  static {
    patternSource = (pattern) => {
      pattern.#handle.ensureAlive();
      return pattern.#source;
    };
  }

  /**
   * Reads a pattern.
   *
   * @throws {PatternError} if EventBridge would refuse the pattern; all its problems are in `diagnostics`.
   *
   * @example
   * ```js
   * const pattern = new EventPattern('{ "detail": { "state": [ { "anything-but": "running" } ] } }');
   * ```
   */
  constructor(pattern: PatternInput, options?: PatternOptions) {
    const complexity = readComplexity(options);
    let text = "";
    try {
      text = patternText(pattern);
      this.#source = { text, complexity };
      this.#handle = new Handle(() => made(core.RawPattern.read(inbox, text, complexity)));
      this.#objects = new ObjectDoor(this.#handle);
    } catch (thrown) {
      throw failure(advised(thrown, { pattern: text, complexity }), new.target);
    }
  }

  /**
   * Does the event match? The answer is the one of EventBridge.
   *
   * For an object it is the one for `JSON.stringify(event)`. What JSON cannot express is an error only where the answer
   * depends on it.
   *
   * @throws {EventError} if the event is not a JSON object.
   *
   * @example
   * ```js
   * export const handler = async (event) => {
   *   if (!pattern.matches(event)) return;
   * };
   * ```
   */
  matches(event: EventInput): boolean {
    try {
      const found = isParsed(event) ? this.#objects.ask(event) : -1;
      if (found >= 0) return found > 0;
      const length = receive(event);
      return finishAnswer(this.#handle.begin().matches(inbox, length)) > 0;
    } catch (thrown) {
      throw failure(advised(thrown, { event }), this.matches);
    }
  }

  /**
   * Gives the memory back now instead of at some garbage collection. The pattern cannot be used afterwards.
   *
   * @example
   * ```js
   * pattern.free();
   * ```
   */
  free(): void {
    this.#handle.free();
    this.#objects.changed();
  }

  /** The same as `free`, for `using pattern = new EventPattern(…)`. */
  [dispose](): void {
    this.free();
  }
}

/**
 * Does an event match a pattern? The shape and the checks of `TestEventPattern` in the AWS SDK, offline: the event must
 * have `id`, `account`, `source`, `time`, `region` and `detail-type`, as the service wants them.
 *
 * @throws {PatternError} if EventBridge would refuse the pattern, its length included.
 * @throws {EventError} if EventBridge would refuse the event.
 *
 * @example
 * ```js
 * import { testEventPattern } from "eventbridge-rules";
 *
 * const { Result } = testEventPattern({
 *   EventPattern: '{ "source": ["aws.ec2"] }',
 *   Event: '{ "id": "1", "account": "123456789012", "source": "aws.ec2", "time": "2026-01-01T00:00:00Z", "region": "eu-west-1", "resources": [], "detail-type": "EC2 Instance State-change Notification", "detail": {} }',
 * });
 * ```
 */
export function testEventPattern(input: { EventPattern: string; Event: string }): { Result: boolean } {
  let pattern = "";
  try {
    pattern = patternText(input.EventPattern);
    const length = receive(input.Event);
    begin();
    return { Result: finishAnswer(core.testEventPattern(inbox, pattern, length)) > 0 };
  } catch (thrown) {
    throw failure(advised(thrown, { pattern, event: input.Event }), testEventPattern);
  }
}

/**
 * Many rules at once: names and their patterns, like a `Map`. One call tells which rules match an event; the event is
 * read once, however many rules there are.
 *
 * @example
 * ```js
 * import { RuleSet } from "eventbridge-rules";
 *
 * const rules = new RuleSet({
 *   uploads: { source: ["aws.s3"], "detail-type": ["Object Created"] },
 *   large: { detail: { object: { size: [{ numeric: [">=", 1000000] }] } } },
 * });
 * rules.match({ source: "aws.s3", "detail-type": "Object Created", detail: { object: { size: 5000000 } } });
 * // ["uploads", "large"]
 * ```
 */
export class RuleSet {
  #handle: Handle<core.RawRuleSet>;
  #objects: ObjectDoor<core.RawRuleSet>;
  /** Each rule has a slot, in the order in which the rules were set. A slot is never used again. */
  #rules = new Map<string, { slot: number; text: string }>();
  #names: string[] = [];
  #complexity: number | undefined;

  /**
   * A set of the given rules: pairs of name and pattern, or an object of them.
   *
   * @throws {PatternError} for the first pattern that EventBridge would refuse; the message names the rule.
   *
   * @example
   * ```js
   * const rules = new RuleSet([["uploads", { source: ["aws.s3"] }]]);
   * ```
   */
  constructor(
    rules?: Iterable<readonly [name: string, pattern: PatternInput]> | Record<string, PatternInput>,
    options?: PatternOptions,
  ) {
    this.#complexity = readComplexity(options);
    this.#handle = new Handle(() => {
      const raw = new core.RawRuleSet();
      for (const { slot, text } of this.#rules.values()) {
        // The call ends where all rules are set: if one of them does not come back, the instance is not used again.
        if (raw.set(inbox, slot, text, this.#complexity) < 0) throw inbox.failure();
      }
      return raw;
    });
    this.#objects = new ObjectDoor(this.#handle);
    try {
      for (const pair of pairsOf(rules)) {
        if (!Array.isArray(pair)) throw new TypeError(`each rule is a pair of name and pattern, not ${kindOf(pair)}`);
        this.set(pair[0], pair[1]);
      }
    } catch (error) {
      this.free();
      throw failure(error, new.target);
    }
  }

  /**
   * Adds a rule, or replaces the one of this name, which keeps its place in the order.
   *
   * @throws {PatternError} if EventBridge would refuse the pattern; the set is then as it was.
   *
   * @example
   * ```js
   * rules.set("small", { detail: { object: { size: [{ numeric: ["<", 1000] }] } } });
   * ```
   */
  set(name: string, pattern: PatternInput): this {
    if (typeof name !== "string") throw new TypeError(`the name of a rule is a string, not ${kindOf(name)}`);
    let text = "";
    try {
      text = patternText(pattern);
      const slot = this.#rules.get(name)?.slot ?? this.#names.length;
      finishAnswer(this.#handle.begin().set(inbox, slot, text, this.#complexity));
      this.#objects.changed();
      this.#rules.set(name, { slot, text });
      this.#names[slot] = name;
    } catch (thrown) {
      throw failure(advised(thrown, { pattern: text, complexity: this.#complexity }), this.set, `rule ${JSON.stringify(name)}: `);
    }
    return this;
  }

  /**
   * Removes a rule. Was there one of this name?
   *
   * @example
   * ```js
   * rules.delete("small"); // true
   * ```
   */
  delete(name: string): boolean {
    this.#handle.ensureAlive();
    const rule = this.#rules.get(name);
    if (rule === undefined) return false;
    finish(this.#handle.begin().delete(rule.slot));
    this.#objects.changed();
    this.#rules.delete(name);
    delete this.#names[rule.slot];
    return true;
  }

  /**
   * Is there a rule of this name?
   *
   * @example
   * ```js
   * rules.has("uploads"); // true
   * ```
   */
  has(name: string): boolean {
    return this.#rules.has(name);
  }

  /**
   * Removes all rules.
   *
   * @example
   * ```js
   * rules.clear();
   * ```
   */
  clear(): void {
    this.#handle.ensureAlive();
    for (const name of this.names()) this.delete(name);
    this.#names = [];
  }

  /** The number of rules. */
  get size(): number {
    return this.#rules.size;
  }

  /**
   * The names of all rules, in the order in which they were set.
   *
   * @example
   * ```js
   * rules.names(); // ["uploads", "large"]
   * ```
   */
  names(): string[] {
    return [...this.#rules.keys()];
  }

  /**
   * The names of the rules that match the event, in the order in which they were set.
   *
   * For an object they are those for `JSON.stringify(event)`. What JSON cannot express is an error only where the answer
   * depends on it.
   *
   * @throws {EventError} if the event is not a JSON object.
   *
   * @example
   * ```js
   * for (const name of rules.match(event)) console.log(name);
   * ```
   */
  match(event: EventInput): string[] {
    try {
      const count = isParsed(event) ? this.#objects.ask(event) : -1;
      if (count === 0) return [];
      if (count > 0) return this.#namesOf(count, this.#objects.slots);
      const length = receive(event);
      const matched = finishAnswer(this.#handle.begin().matches(inbox, length));
      return matched === 0 ? [] : this.#namesOf(matched);
    } catch (thrown) {
      throw failure(advised(thrown, { event }), this.match);
    }
  }

  /** The names of so many rules that match, whose slots the module has left unless they are known. */
  #namesOf(count: number, known?: ArrayLike<number>): string[] {
    const first = known === undefined ? wordsAt(finish(this.#handle.begin().matched())) : 0;
    const slots = known ?? words;
    const names: string[] = [];
    for (let at = 0; at < count; at++) names.push(this.#names[slots[first + at] as number] as string);
    return names;
  }

  /**
   * Matches each line of newline-delimited JSON: one entry per non-blank line, with the number of the line (from 1). A
   * line that is not an event has `error` instead of `matches`, and loses no other line; the positions in its
   * diagnostics are those of that line's text.
   *
   * @example
   * ```js
   * for (const { line, matches, error } of rules.matchLines(readFileSync("events.ndjson"))) {
   *   console.log(line, error ? error.message : matches);
   * }
   * ```
   */
  matchLines(ndjson: string | Uint8Array): LineResult[] {
    this.#handle.ensureAlive();
    const results: LineResult[] = [];
    let line = 0;
    for (const text of linesOf(ndjson)) {
      line++;
      if (isBlank(text)) continue;
      try {
        results.push({ line, matches: this.match(text) });
      } catch (error) {
        if (!(error instanceof EventError)) throw error;
        results.push({ line, error });
      }
    }
    return results;
  }

  /**
   * Gives the memory back now instead of at some garbage collection. The set cannot be used afterwards.
   *
   * @example
   * ```js
   * rules.free();
   * ```
   */
  free(): void {
    this.#handle.free();
    this.#objects.changed();
    this.#rules.clear();
    this.#names = [];
  }

  /** The same as `free`, for `using rules = new RuleSet(…)`. */
  [dispose](): void {
    this.free();
  }
}

/**
 * What a target input was made of, for those who explain it.
 * @internal
 */
export let targetSource: (target: TargetInput) => object;

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
export class TargetInput {
  #handle: Handle<core.RawTargetInput>;
  #settings: object = {};

  static {
    targetSource = (target) => {
      target.#handle.ensureAlive();
      return target.#settings;
    };
  }

  /**
   * Reads the settings.
   *
   * @throws {TransformError} if `PutTargets` would refuse the settings; all their problems are in `diagnostics`.
   *
   * @example
   * ```js
   * const input = new TargetInput({ InputPath: "$.detail" });
   * ```
   */
  constructor(settings: TargetInputSettings) {
    try {
      const plain = plainSettings(settings);
      this.#settings = plain;
      this.#handle = new Handle(() => made(core.RawTargetInput.read(inbox, plain)));
    } catch (thrown) {
      throw failure(advised(thrown, { settings: this.#settings }), new.target);
    }
  }

  /**
   * The exact text that the target receives.
   *
   * @throws {UndeliverableError} where EventBridge accepts the settings but would silently drop this event.
   * @throws {EventError} if the event is not a JSON object.
   *
   * @example
   * ```js
   * const text = input.apply(event, { ruleName: "uploads", ingestionTime: new Date() });
   * ```
   */
  apply(event: EventInput, context?: TargetContext): string {
    const [ruleName, ruleArn, ingestionTime] = readContext(context);
    try {
      const length = receive(event);
      return made(this.#handle.begin().apply(inbox, length, ruleName, ruleArn, ingestionTime) as string | undefined);
    } catch (thrown) {
      throw failure(advised(thrown, { event }), this.apply);
    }
  }

  /**
   * Gives the memory back now instead of at some garbage collection. The object cannot be used afterwards.
   *
   * @example
   * ```js
   * input.free();
   * ```
   */
  free(): void {
    this.#handle.free();
  }

  /** The same as `free`, for `using input = new TargetInput(…)`. */
  [dispose](): void {
    this.free();
  }
}

/** Is it an event that is neither text nor bytes? */
const isParsed = (event: EventInput): event is object => typeof event === "object" && event !== null && !ArrayBuffer.isView(event);

function pairsOf(
  rules: Iterable<readonly [string, PatternInput]> | Record<string, PatternInput> | null | undefined,
): Iterable<readonly [string, PatternInput]> {
  if (rules === undefined || rules === null) return [];
  if (typeof rules !== "object") throw new TypeError(`the rules are pairs of name and pattern or an object of them, not ${kindOf(rules)}`);
  return Symbol.iterator in rules ? (rules as Iterable<readonly [string, PatternInput]>) : Object.entries(rules);
}

/** Lines end with `\n` or `\r\n`; a `\r` stays, it is white space in JSON. */
function* linesOf(ndjson: string | Uint8Array): Generator<string | Uint8Array> {
  if (typeof ndjson === "string") {
    for (let from = 0; from <= ndjson.length; ) {
      const end = ndjson.indexOf("\n", from);
      yield ndjson.slice(from, end < 0 ? undefined : end);
      if (end < 0) return;
      from = end + 1;
    }
  } else if (ArrayBuffer.isView(ndjson)) {
    const bytes = new Uint8Array(ndjson.buffer, ndjson.byteOffset, ndjson.byteLength);
    for (let from = 0; from <= bytes.length; ) {
      const end = bytes.indexOf(10, from);
      yield bytes.subarray(from, end < 0 ? undefined : end);
      if (end < 0) return;
      from = end + 1;
    }
  } else {
    throw new TypeError(`lines are text or bytes, not ${kindOf(ndjson)}`);
  }
}

function isBlank(line: string | Uint8Array): boolean {
  if (typeof line === "string") return /^[ \t\r]*$/.test(line);
  return line.every((byte) => byte === 32 || byte === 9 || byte === 13);
}

function readComplexity(options: PatternOptions | undefined): number | undefined {
  const complexity: unknown = options?.wildcardComplexity;
  if (complexity === undefined || (typeof complexity === "number" && complexity >= 0)) return complexity;
  throw new TypeError(`\`wildcardComplexity\` is a number from 0 on, not ${String(complexity)}`);
}

/** @internal */
export function readContext(context: TargetContext = {}): [ruleName: string, ruleArn: string, ingestionTime: string | undefined] {
  const { ruleName = "", ruleArn = "", ingestionTime } = context;
  for (const [key, value] of Object.entries({ ruleName, ruleArn })) {
    if (typeof value !== "string") throw new TypeError(`\`${key}\` is a string, not ${kindOf(value)}`);
  }
  return [ruleName, ruleArn, readTime(ingestionTime)];
}

/** EventBridge writes times in whole seconds. */
function readTime(time: unknown): string | undefined {
  if (time === undefined || typeof time === "string") return time;
  if (Object.prototype.toString.call(time) !== "[object Date]") throw new TypeError(`\`ingestionTime\` is a Date or a string, not ${kindOf(time)}`);
  if (Number.isNaN((time as Date).getTime())) throw new TypeError("`ingestionTime` is an invalid Date");
  return (time as Date).toISOString().replace(/\.\d+Z$/, "Z");
}
