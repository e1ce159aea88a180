/** What the page remembers: all of it is the user's, and all of it fits into a link. */

/** What the user expects of an event and a rule: "" is nothing. */
export type Expectation = "" | "match" | "no-match";

/** A named event, as text: it may be broken JSON at any moment. */
export interface EventText {
  name: string;
  text: string;
  /** One for each rule, in their order. */
  expected: Expectation[];
}

/** A named rule with its one target. */
export interface Rule {
  name: string;
  pattern: string;
  target: TargetForm;
}

/** As many as a link may hold. */
export const MOST_EVENTS = 1000;
export const MOST_RULES = 200;

/** As long as a name of a rule or an event may be. */
export const LONGEST_NAME = 80;

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
  /** Empty: the ARN that the name of the rule gives. */
  ruleArn: string;
  /** Empty: the time of the event. */
  ingestionTime: string;
}

/** The whole page. There is always at least one event and one rule; `selected` and `rule` are the ones on show. */
export interface State {
  events: EventText[];
  selected: number;
  rules: Rule[];
  rule: number;
}

/** A target form with nothing but defaults, to be overwritten where an example or a link says more. */
export function targetForm(given: Partial<TargetForm> = {}): TargetForm {
  return {
    kind: "event",
    input: '{"hello": "target"}',
    path: "$.detail",
    paths: [],
    template: '{"detail-type": "<type>"}',
    ruleArn: "",
    ingestionTime: "",
    ...given,
  };
}

/** The event on show. */
export function eventOf(state: State): EventText {
  const event = state.events[state.selected];
  if (!event) throw new Error("a state has no event on show");
  return event;
}

/** The rule on show. */
export function ruleOf(state: State): Rule {
  const rule = state.rules[state.rule];
  if (!rule) throw new Error("a state has no rule on show");
  return rule;
}

/** A new event, of which nothing is expected yet. */
export function eventText(state: State, name: string, text: string): EventText {
  return { name, text, expected: state.rules.map(() => "") };
}

/** Puts a rule after the one on show, and shows it, unless there is no more room. `copied` takes over what was expected of the rule it is a copy of. */
export function insertRule(state: State, rule: Rule, copied = false): void {
  if (state.rules.length >= MOST_RULES) return;
  const from = state.rule;
  state.rule = from + 1;
  state.rules.splice(state.rule, 0, rule);
  for (const event of state.events) event.expected.splice(state.rule, 0, copied ? (event.expected[from] ?? "") : "");
}

/** Removes the rule on show, unless it is the last one. */
export function removeRule(state: State): void {
  if (state.rules.length < 2) return;
  state.rules.splice(state.rule, 1);
  for (const event of state.events) event.expected.splice(state.rule, 1);
  state.rule = Math.min(state.rule, state.rules.length - 1);
}

/** A function that brings back which events and rules there are now. The objects are the same: what is typed meanwhile stays. */
export function remember(state: State): () => State {
  const expected = state.events.map((event) => [...event.expected]);
  const then: State = { ...state, events: [...state.events], rules: [...state.rules] };
  return () => {
    then.events.forEach((event, index) => void (event.expected = expected[index] ?? []));
    return then;
  };
}

/** `name`, or `name-2` and so on where it is taken. */
export function freeName(name: string, taken: { name: string }[]): string {
  const isTaken = (wanted: string): boolean => taken.some((other) => other.name === wanted);
  if (!isTaken(name)) return name;
  const base = name.replace(/-\d+$/, "").slice(0, LONGEST_NAME - 5);
  for (let number = 2; ; number++) if (!isTaken(`${base}-${number}`)) return `${base}-${number}`;
}

/** The ARN of a rule: the one that was typed, or one that is made of its name. */
export function arnOf({ name, target }: Rule): string {
  return target.ruleArn || `arn:aws:events:eu-central-1:111122223333:rule/${name}`;
}

/** The map as the engine reads it; `fromEntries` makes own properties even of `__proto__`, rows without a name are not entries yet. */
export function mapOf(paths: [string, string][]): Record<string, string> {
  return Object.fromEntries(paths.filter(([name]) => name !== ""));
}
