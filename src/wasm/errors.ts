import type { Diagnostic, EventInput } from "./types.js";

/**
 * EventBridge would refuse this event pattern.
 *
 * @example
 * ```js
 * import { EventPattern, PatternError } from "eventbridge-rules";
 *
 * try {
 *   new EventPattern('{ "source": "aws.s3" }');
 * } catch (error) {
 *   if (!(error instanceof PatternError)) throw error;
 *   for (const { range, message } of error.diagnostics) console.log(range.start.line, message);
 * }
 * ```
 */
export class PatternError extends Error {
  /** Every problem of the pattern, with its place in the pattern text. */
  readonly diagnostics: Diagnostic[];

  constructor(message: string, diagnostics: Diagnostic[] = [], options?: { cause?: unknown }) {
    super(message, options as ErrorOptions);
    this.diagnostics = diagnostics;
  }
}

/**
 * The event is not what EventBridge can receive: not JSON, not an object, or not readable at all.
 *
 * @example
 * ```js
 * import { EventError, EventPattern } from "eventbridge-rules";
 *
 * const pattern = new EventPattern({ source: ["aws.s3"] });
 * try {
 *   pattern.matches('{ "source": "aws.s3", }');
 * } catch (error) {
 *   if (!(error instanceof EventError)) throw error;
 *   console.log(error.message, error.diagnostics[0].range.start);
 * }
 * ```
 */
export class EventError extends Error {
  /** What is wrong with the event, with the place in its text. */
  readonly diagnostics: Diagnostic[];

  constructor(message: string, diagnostics: Diagnostic[] = [], options?: { cause?: unknown }) {
    super(message, options as ErrorOptions);
    this.diagnostics = diagnostics;
  }
}

/**
 * `PutTargets` would refuse these settings of a target.
 *
 * @example
 * ```js
 * import { TargetInput, TransformError } from "eventbridge-rules";
 *
 * try {
 *   new TargetInput({ InputTransformer: { InputTemplate: "<unknown>" } });
 * } catch (error) {
 *   if (!(error instanceof TransformError)) throw error;
 *   console.log(error.diagnostics[0].awsMessage);
 * }
 * ```
 */
export class TransformError extends Error {
  /** Every problem of the settings, with its place in the text of the setting. */
  readonly diagnostics: Diagnostic[];

  constructor(message: string, diagnostics: Diagnostic[] = [], options?: { cause?: unknown }) {
    super(message, options as ErrorOptions);
    this.diagnostics = diagnostics;
  }
}

/**
 * EventBridge accepts the settings of the target, but would silently deliver nothing for this event.
 *
 * @example
 * ```js
 * import { TargetInput, UndeliverableError } from "eventbridge-rules";
 *
 * const input = new TargetInput({
 *   InputTransformer: { InputPathsMap: { size: "$.detail.size" }, InputTemplate: '{ "size": <size> }' },
 * });
 * try {
 *   input.apply({ detail: {} });
 * } catch (error) {
 *   if (!(error instanceof UndeliverableError)) throw error;
 *   console.log(error.output); // { "size":  }
 * }
 * ```
 */
export class UndeliverableError extends Error {
  /** Why nothing is delivered, with the place in the text of the `setting`. */
  readonly diagnostics: Diagnostic[];
  /** The text that EventBridge would throw away, if there is one. */
  readonly output?: string;

  constructor(message: string, diagnostics: Diagnostic[] = [], options?: { cause?: unknown; output?: string }) {
    super(message, options as ErrorOptions);
    this.diagnostics = diagnostics;
    if (options?.output !== undefined) this.output = options.output;
  }
}

for (const [name, kind] of Object.entries({ PatternError, EventError, TransformError, UndeliverableError })) {
  // On the prototype and not enumerable, as `name` of the built-in errors is.
  Object.defineProperty(kind.prototype, "name", { value: name, writable: true, configurable: true });
}

/** What the module throws: plain data. */
interface Thrown {
  kind: "pattern" | "event" | "transform" | "undeliverable";
  message: string;
  diagnostics: Diagnostic[];
  output?: string;
}

/** @internal */
export const isThrown = (value: unknown): value is Thrown =>
  typeof value === "object" && value !== null && !(value instanceof Error) && "kind" in value && "diagnostics" in value;

/** Says all about what the core refuses: the core itself knows neither fixes nor the words of AWS. */
interface Advisor {
  pattern(text: string, complexity: number | undefined): Thrown | undefined;
  event(event: EventInput): Diagnostic[];
  target(settings: object): Diagnostic[];
}

let advisor: Advisor | undefined;

/** @internal */
export function setAdvisor(given: Advisor): void {
  advisor = given;
}

/**
 * What was thrown, with advice where there is someone to give it. `given` is what the core was asked about.
 * @internal
 */
export function advised(thrown: unknown, given: { pattern?: string; complexity?: number | undefined; event?: EventInput; settings?: object }): unknown {
  if (advisor === undefined || !isThrown(thrown)) return thrown;
  const { kind, diagnostics } = thrown;
  let known: Diagnostic[] = [];
  try {
    if (kind === "pattern") return advisor.pattern(given.pattern as string, given.complexity) ?? thrown;
    if (kind === "event") known = advisor.event(given.event as EventInput);
    else if (kind === "transform") known = advisor.target(given.settings as object);
  } catch {
    return thrown; // The refusal is what matters; whoever has not loaded the second module gets it as it is.
  }
  const place = ({ code, setting, from, to }: Diagnostic): string => `${code} ${setting} ${from} ${to}`;
  const byPlace = new Map(known.map((problem) => [place(problem), problem]));
  return { ...thrown, diagnostics: diagnostics.map((problem) => byPlace.get(place(problem)) ?? problem) };
}

/**
 * The error for what was thrown inside, with a stack that begins at the caller of `entry`.
 * @internal
 */
export function errorFrom(thrown: unknown, entry: Function, prefix = ""): unknown {
  const error = isThrown(thrown) ? errorOf(thrown, prefix) : isTrap(thrown) ? internalError(thrown) : thrown;
  if (error instanceof Error && isOurs(error)) captureStack(error, entry);
  return error;
}

const isTrap = (thrown: unknown): thrown is Error => typeof WebAssembly === "object" && thrown instanceof WebAssembly.RuntimeError;

function internalError(cause: Error): Error {
  const message = `internal error of eventbridge-rules (${cause.message}); please report it. Everything can still be used`;
  return new Error(message, { cause } as ErrorOptions);
}

function errorOf({ kind, message, diagnostics, output }: Thrown, prefix: string): Error {
  switch (kind) {
    case "pattern":
      return new PatternError(prefix + message, diagnostics);
    case "event":
      return new EventError(message, diagnostics);
    case "transform":
      return new TransformError(message, diagnostics);
    case "undeliverable":
      return new UndeliverableError(message, diagnostics, { output });
  }
}

const isOurs = (error: Error): boolean =>
  error instanceof PatternError || error instanceof EventError || error instanceof TransformError || error instanceof UndeliverableError;

function captureStack(error: Error, entry: Function): void {
  (Error as { captureStackTrace?: (error: Error, entry: Function) => void }).captureStackTrace?.(error, entry);
}

/**
 * A problem that is found before the text reaches the module.
 * @internal
 */
export function problem(code: string, message: string, text = "", from = 0, to = from): Diagnostic {
  return {
    from,
    to,
    range: { start: positionIn(text, from), end: positionIn(text, to) },
    severity: "error",
    code,
    source: "eventbridge-rules",
    message,
  };
}

function positionIn(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: (before[before.length - 1] as string).length };
}
