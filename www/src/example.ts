/** The state that the page starts with, and what new events, rules and a cleared page start from. */

import { type Expectation, type Rule, type State, type TargetForm, targetForm } from "./state.js";

export interface Example {
  title: string;
  /** What it shows, in one line. */
  says: string;
  state: State;
}

/** `name` is the rule's; events come with what is expected of them. */
export function example(title: string, says: string, name: string, pattern: string, events: [name: string, expected: Expectation, text: string][], target: Partial<TargetForm>): Example {
  const rule: Rule = { name, pattern, target: targetForm(target) };
  return { title, says, state: { events: events.map(([name, expected, text]) => ({ name, text, expected: [expected] })), selected: 0, rules: [rule], rule: 0 } };
}

interface Envelope {
  source: string;
  type: string;
  region?: string;
  resources?: string;
}

/** An event as EventBridge delivers it; `detail` is JSON text, indented as it stands in the event. */
export function event({ source, type, region = "eu-central-1", resources = "[]" }: Envelope, detail: string): string {
  return `{
  "version": "0",
  "id": "17793124-05d4-b198-2fde-7ededc63b103",
  "detail-type": "${type}",
  "source": "${source}",
  "account": "111122223333",
  "time": "2026-03-14T09:26:53Z",
  "region": "${region}",
  "resources": ${resources},
  "detail": ${detail}
}`;
}

/** What “Add event” starts from. */
export function newEventText(): string {
  return event({ source: "com.example.app", type: "Something Happened" }, "{\n    \n  }");
}

const NEW_PATTERN = `{
  "source": ["com.example.app"]
}`;

/** What “Add rule” starts from: it matches what “Add event” starts from. */
export function newRule(name: string): Rule {
  return { name, pattern: NEW_PATTERN, target: targetForm() };
}

/** What a cleared page shows. */
export function blankState(): State {
  return { events: [{ name: "event", text: newEventText(), expected: [""] }], selected: 0, rules: [newRule("rule")], rule: 0 };
}

const s3 = (key: string, size: number): string =>
  event(
    { source: "aws.s3", type: "Object Created", resources: '["arn:aws:s3:::photo-uploads"]' },
    `{
    "version": "0",
    "bucket": { "name": "photo-uploads" },
    "object": {
      "key": "${key}",
      "size": ${size},
      "etag": "b1946ac92492d2347c6235b4d2611184",
      "sequencer": "00617F08299329D189"
    },
    "request-id": "N4N7GDK58NMKJ12R",
    "requester": "111122223333",
    "source-ip-address": "203.0.113.14",
    "reason": "PutObject"
  }`,
  );

/** What everyone sees first: a rule, three events with what is expected of them, and a payload. */
export const START: Example = example(
  "S3 upload",
  "Large pictures in one bucket: exact values, suffixes, a number. The target gets three fields.",
  "picture-uploads",
  `{
  "source": ["aws.s3"],
  "detail-type": ["Object Created"],
  "detail": {
    "bucket": { "name": ["photo-uploads"] },
    "object": {
      "key": [{ "suffix": ".png" }, { "suffix": ".jpg" }],
      "size": [{ "numeric": [">", 1024] }]
    }
  }
}`,
  [
    ["beach photo", "match", s3("2026/03/beach.jpg", 2_481_153)],
    ["tiny icon", "no-match", s3("icons/dot.png", 312)],
    ["text file", "no-match", s3("notes/readme.txt", 20_480)],
  ],
  {
    kind: "transformer",
    paths: [
      ["bucket", "$.detail.bucket.name"],
      ["key", "$.detail.object.key"],
      ["size", "$.detail.object.size"],
    ],
    template: `{
  "file": "s3://<bucket>/<key>",
  "bytes": <size>,
  "rule": <aws.events.rule-name>
}`,
  },
);
