/**
 * The manuals of the operators and of the keys of an event, for hover and completion. Those of the operators are the ones of the
 * engine (src/operators/), in its words; a test holds them together.
 */

export interface Manual {
  /** What it tests. */
  summary: string;
  /** How it is written. */
  forms: string[];
  example: string;
  /** Values that the example lets pass and does not. */
  passes: string;
  fails: string;
  /** What surprises people most. */
  note: string;
}

export const OPERATORS: Record<string, Manual | undefined> = Object.assign(Object.create(null), {
  prefix: {
    summary: "The value is a string that starts with this text.",
    forms: ['{"prefix": "text"}', '{"prefix": {"equals-ignore-case": "text"}}'],
    example: '[{"prefix": "us-"}]',
    passes: '"us-east-1"',
    fails: '"eu-west-1"',
    note: "An empty prefix passes every string, and nothing else.",
  },
  suffix: {
    summary: "The value is a string that ends with this text.",
    forms: ['{"suffix": "text"}', '{"suffix": {"equals-ignore-case": "text"}}'],
    example: '[{"suffix": ".png"}]',
    passes: '"photo.png"',
    fails: '"photo.PNG"',
    note: "An empty suffix passes every string, and nothing else.",
  },
  wildcard: {
    summary: "The value is a string of this shape; `*` stands for any characters, also none.",
    forms: ['{"wildcard": "a*b"}'],
    example: '[{"wildcard": "dir/*.png"}]',
    passes: '"dir/2026/photo.png"',
    fails: '"dir.png"',
    note: "EventBridge limits how many stars and repeated characters a rule may have (wildcard complexity).",
  },
  "anything-but": {
    summary: "There is a value, and it is none of these.",
    forms: ['{"anything-but": ["text", "other"]}', '{"anything-but": [5, 6]}', '{"anything-but": {"prefix": "text"}}'],
    example: '[{"anything-but": ["stopped", "overloaded"]}]',
    passes: '"running"',
    fails: '"stopped"',
    note: "On an array one element outside of the list is enough.",
  },
  numeric: {
    summary: "The value is a number that is equal to this one, or in this range.",
    forms: ['{"numeric": ["=", 5]}', '{"numeric": [">=", 5]}', '{"numeric": [">", 0, "<=", 5]}'],
    example: '[{"numeric": [">", 0, "<=", 5]}]',
    passes: "5.0",
    fails: '"5"',
    note: "A number in quotes is a string, and no string passes.",
  },
  exists: {
    summary: "There is a value at this path (`true`), or there is none (`false`).",
    forms: ['{"exists": true}', '{"exists": false}'],
    example: '[{"exists": true}]',
    passes: "null",
    fails: "{}",
    note: 'Only leaves exist: an object, `{}` and `[]` are no values, `null` and `""` are.',
  },
  "equals-ignore-case": {
    summary: "The value is this string, in any mixture of upper and lower case.",
    forms: ['{"equals-ignore-case": "text"}'],
    example: '[{"equals-ignore-case": "aws.ec2"}]',
    passes: '"AWS.ec2"',
    fails: '"aws.ec3"',
    note: "Each character of the pattern stands for its lower and its upper case form, nothing else: `ß` passes `SS`, but `SS` does not pass `ß`.",
  },
  cidr: {
    summary: "The value is a string with an IP address in this range.",
    forms: ['{"cidr": "address/bits"}'],
    example: '[{"cidr": "10.0.0.0/24"}]',
    passes: '"10.0.0.255"',
    fails: '"10.0.1.0"',
    note: "IPv4 with 0 to 31 bits, IPv6 with 0 to 127; a single address is written as a plain string in the list.",
  },
  exactly: {
    summary: "The value is this string, character by character.",
    forms: ['{"exactly": "text"}'],
    example: '[{"exactly": "10.0.0.1"}]',
    passes: '"10.0.0.1"',
    fails: '"010.0.0.01"',
    note: "Differs from a plain string only for IP addresses, whose spellings a plain string does not tell apart.",
  },
});

/** What `$or` is, beside the operators. */
export const OR = "Alternatives: at least two objects in a list, one of which must match. It stands beside keys, at any level.";

/** The keys at the top of every event, in the order in which rules mostly name them. */
export const ENVELOPE: Record<string, string | undefined> = Object.assign(Object.create(null), {
  source: "Who sent the event: `aws.` and the service for AWS, any other name for your own applications.",
  "detail-type": "What kind of event it is. With `source` it says which fields `detail` has.",
  detail: "What happened: an object whose fields depend on `source` and `detail-type`.",
  account: "The 12 digits of the AWS account that the event comes from, as a string.",
  region: "The AWS region that the event comes from, for example `eu-central-1`.",
  resources: "The ARNs of what the event is about: a list of strings, often empty.",
  time: "When it happened, as a string such as `2026-03-14T09:26:53Z`. It can be tested only as text.",
  id: "An id that differs for every event.",
  version: "The version of this envelope: always `0`, as a string.",
});
