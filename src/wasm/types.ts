/**
 * The shapes that cross the border, in the words of the EventBridge API, of the Language Server Protocol and of
 * CodeMirror. `dto.rs` builds the same shapes; a tidy test compares the field names of both files.
 */

/** JSON text, UTF-8 JSON bytes (`Buffer`, `Uint8Array`), or an already parsed object (what a Lambda handler receives). */
export type EventInput = string | Uint8Array | object;

/** JSON text, or an already parsed object. */
export type PatternInput = string | object;

/** Zero-based line and UTF-16 character, as in the Language Server Protocol. */
export interface Position {
  line: number;
  character: number;
}

/** From `start` (inclusive) to `end` (exclusive). */
export interface Range {
  start: Position;
  end: Position;
}

/** A piece of a text: UTF-16 code units from its start (CodeMirror), and the same as lines and characters (LSP). */
export interface TextSpan {
  from: number;
  to: number;
  range: Range;
}

/** How serious a diagnostic is. Only an `error` makes a pattern or a target input invalid. */
export type Severity = "error" | "warning" | "info" | "hint";

/** One replacement of an edit. */
export interface TextEdit extends TextSpan {
  newText: string;
}

/** A change that mends a problem; all edits refer to the text as it was. */
export interface Fix {
  title: string;
  edits: TextEdit[];
}

/** One problem of a text, at the exact characters. */
export interface Diagnostic extends TextSpan {
  severity: Severity;
  /** Stable name of the problem, for example `"wildcard-consecutive"`. */
  code: string;
  source: "eventbridge-rules";
  /** What is wrong and what would be right. */
  message: string;
  /** The text that EventBridge itself answers, where it is known; `<id>` stands for the id of a target. */
  awsMessage?: string;
  /** For target input: the setting in whose text the place is counted; for `InputPathsMap`, `JSON.stringify` of it. */
  setting?: "Input" | "InputPath" | "InputPathsMap" | "InputTemplate";
  fixes?: Fix[];
}

/** What a code means, with a text that shows it and the same text mended. */
export interface CodeDescription {
  code: string;
  /** The usual severity; for reasons and hints of explanations `"info"`. */
  severity: Severity;
  /** What the example is: any JSON, an event, a pattern, the settings of a target, or a pattern that `event` is asked about. */
  subject: "json" | "event" | "pattern" | "target" | "explanation";
  /** What is wrong, in one sentence. */
  what: string;
  /** Why it matters, and what to write instead. */
  why: string;
  /** A text that has the problem; none where it would be thousands of characters long. */
  example?: string;
  /** The same without the problem; none where nothing is wrong. */
  fixed?: string;
  /** The event that is asked about, or the sample that shows the problem. */
  event?: string;
}

/** A value of the event that a part of the pattern looked at, and where it stands in the event text. */
export interface ValueSeen extends TextSpan {
  /** The value as JSON text; long ones are cut after 200 characters with `…`. */
  text: string;
  /** Did this part of the pattern accept this value? */
  accepted: boolean;
}

/** A guess at what was meant: a name that is nearly there, a value of another type. */
export interface Hint {
  /** Stable name, for example `"near-name"`. */
  code: string;
  message: string;
}

/** The fewest conditions that stand between an event and a match. */
export interface NearestMiss {
  /** The paths of these conditions. */
  paths: string[];
  /** In one sentence. */
  message: string;
  /** A change of the event text after which the pattern matches it; only given when that is certain. */
  inEvent?: Fix;
  /** A change of the pattern text after which it matches the event; only given when that is certain. */
  inPattern?: Fix;
}

/** One part of a pattern with its verdict for one event. The tree mirrors the pattern. */
export interface ExplanationNode extends TextSpan {
  /**
   * `and`: an object, all children must match. `or`: a `$or`, one child must match. `field`: a list of tests on one
   * path, one must accept a value. `test`: one element of such a list.
   */
  kind: "and" | "or" | "field" | "test";
  matches: boolean;
  /** Stable name of the reason, for example `"no-value-accepted"`. */
  code: string;
  /** The reason in one sentence, with the actual value: "`detail.size` is 10, which is not > 1024". */
  message: string;
  /** For `field` and `test`: the path, keys joined with dots. */
  path?: string;
  /** For `field` and `test`: the values it looked at, with their place in the event text; those accepted first, 20 at most. */
  values?: ValueSeen[];
  /** For a `field` that fails: what was probably meant. */
  hints?: Hint[];
  children?: ExplanationNode[];
}

/**
 * Why a pattern matches an event, or why not. Positions in the event are those of its text; for an event given as an
 * object, of `JSON.stringify(event)`.
 */
export interface Explanation {
  /** The same answer as `EventPattern.matches`, always. */
  matches: boolean;
  /** The whole verdict in one sentence. */
  summary: string;
  root: ExplanationNode;
  /** How near it was, if it does not match. */
  nearest?: NearestMiss;
}

/** The settings of a target of `PutTargets` that say what the target receives. At most one of the three. */
export interface TargetInputSettings {
  /** A constant: valid JSON text. */
  Input?: string;
  /** The part of the event that the target receives. */
  InputPath?: string;
  /** A template with variables from the event. */
  InputTransformer?: InputTransformer;
}

/** `InputTransformer` of `PutTargets`. */
export interface InputTransformer {
  /** Variable names and the paths of their values in the event. */
  InputPathsMap?: Record<string, string>;
  /** Text with `<name>` where a variable goes. */
  InputTemplate: string;
}

/** What the reserved variables `<aws.events.…>` become. */
export interface TargetContext {
  /** `<aws.events.rule-name>`; `""` when it is not given. */
  ruleName?: string;
  /** `<aws.events.rule-arn>`; `""` when it is not given. */
  ruleArn?: string;
  /** `<aws.events.event.ingestion-time>`: a `Date`, or text that is used as it is; the `time` of the event when it is not given. */
  ingestionTime?: string | Date;
}

/** One use of a variable in a template and what it became. */
export interface VariableUse {
  /** The name between `<` and `>`. */
  name: string;
  /** The path it reads, for a variable of the map; none for a reserved one. */
  path?: string;
  /** Where the placeholder stands in the template. */
  template: TextSpan;
  /** Where its value stands in the output. */
  output: TextSpan;
  /** Where the value stands in the event text; none if it is missing or not from the event. */
  event?: TextSpan;
  /** The path selects nothing in this event: the variable became empty text. */
  missing: boolean;
}

/** What a target receives for one event, and where each part of it comes from. */
export interface TransformExplanation {
  /** Would EventBridge deliver anything? */
  delivered: boolean;
  /** The text that the target receives; when nothing is delivered, the text that EventBridge would throw away, if there is one. */
  output?: string;
  /** Why nothing is delivered, and what deserves a second look. Places are those of the `setting`. */
  problems: Diagnostic[];
  variables: VariableUse[];
}

/** One line of newline-delimited JSON: its matches, or why it could not be read. */
export type LineResult =
  | { line: number; matches: string[]; error?: undefined }
  | { line: number; matches?: undefined; error: Error & { readonly diagnostics: Diagnostic[] } };
