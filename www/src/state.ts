/** What the page remembers: all of it is the user's, and all of it fits into a link. */

/** A named event, as text: it may be broken JSON at any moment. */
export interface EventText {
  name: string;
  text: string;
}

/** Which of the four settings of a target is in use. */
export type TargetKind = "event" | "input" | "path" | "transformer";

/** The target as it stands in the form. The settings that are not in use keep what was typed. */
export interface TargetForm {
  kind: TargetKind;
  input: string;
  path: string;
  /** Rows of `InputPathsMap`. Rows, not an object: half-typed and doubled names must be able to stand. */
  paths: [name: string, path: string][];
  template: string;
  ruleName: string;
  ruleArn: string;
  ingestionTime: string;
}

/** The whole page. There is always at least one event, and `selected` is one of them. */
export interface State {
  events: EventText[];
  selected: number;
  pattern: string;
  target: TargetForm;
}

/** A target form with nothing but defaults, to be overwritten where an example or a link says more. */
export function targetForm(given: Partial<TargetForm> = {}): TargetForm {
  return {
    kind: "event",
    input: '{"hello": "target"}',
    path: "$.detail",
    paths: [],
    template: '{"detail-type": "<type>"}',
    ruleName: "my-rule",
    ruleArn: "arn:aws:events:eu-central-1:123456789012:rule/my-rule",
    ingestionTime: "",
    ...given,
  };
}

/** The map as the engine reads it; `fromEntries` makes own properties even of `__proto__`, rows without a name are not entries yet. */
export function mapOf(paths: [string, string][]): Record<string, string> {
  return Object.fromEntries(paths.filter(([name]) => name !== ""));
}
