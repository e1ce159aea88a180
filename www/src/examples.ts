/** Whole states to start from: real shapes of events, each with one that matches and one that does not. */

import { type Example, START, event, example } from "./example.js";

const ec2 = (instance: string, state: string): string =>
  event(
    { source: "aws.ec2", type: "EC2 Instance State-change Notification", resources: `["arn:aws:ec2:eu-central-1:111122223333:instance/${instance}"]` },
    `{
    "instance-id": "${instance}",
    "state": "${state}"
  }`,
  );

const order = (total: string, tier: string, express: boolean): string =>
  event(
    { source: "com.example.shop", type: "Order Placed" },
    `{
    "orderId": "A-1042",
    "total": ${total},
    "currency": "EUR",
    "customer": { "id": "c-77", "tier": "${tier}" },
    "express": ${express}
  }`,
  );

const basket = (first: string, second: string): string =>
  event(
    { source: "com.example.shop", type: "Order Placed" },
    `{
    "orderId": "A-1043",
    "items": [
      ${first},
      ${second}
    ]
  }`,
  );

const apiCall = (address: string): string =>
  event(
    { source: "aws.iam", type: "AWS API Call via CloudTrail", region: "us-east-1" },
    `{
    "eventVersion": "1.08",
    "eventSource": "iam.amazonaws.com",
    "eventName": "CreateAccessKey",
    "awsRegion": "us-east-1",
    "sourceIPAddress": "${address}",
    "userIdentity": { "type": "IAMUser", "userName": "jane" }
  }`,
  );

const alarm = (name: string, labels: string): string =>
  event(
    { source: "aws.cloudwatch", type: "CloudWatch Alarm State Change", resources: `["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}"]` },
    `{
    "alarmName": "${name}",
    "state": {
      "value": "ALARM",
      "reason": "Threshold crossed: 3 datapoints were above 80.0",
      "timestamp": "2026-03-14T09:26:51.000+0000"
    },
    "previousState": { "value": "OK" },
    "labels": ${labels}
  }`,
  );

const login = (user: string, path: string, mfa: string): string =>
  event(
    { source: "com.example.auth", type: "Login" },
    `{
    "user": "${user}",
    "path": "${path}"${mfa}
  }`,
  );

export const EXAMPLES = [
  START,
  example(
    "EC2 state change",
    "Instances that stopped or ended. The target gets a sentence.",
    "instance-ended",
    `{
  "source": ["aws.ec2"],
  "detail-type": ["EC2 Instance State-change Notification"],
  "detail": {
    "state": ["stopped", "terminated"]
  }
}`,
    [
      ["terminated", "match", ec2("i-0abc12345678def90", "terminated")],
      ["running", "no-match", ec2("i-0abc12345678def90", "running")],
    ],
    {
      kind: "transformer",
      paths: [
        ["instance", "$.detail.instance-id"],
        ["state", "$.detail.state"],
        ["when", "$.time"],
      ],
      template: '"Instance <instance> is <state> since <when>."',
    },
  ),
  example(
    "Orders, with $or",
    "Orders that someone should look at: expensive, or from gold customers, or express.",
    "orders-to-check",
    `{
  "source": ["com.example.shop"],
  "detail-type": ["Order Placed"],
  "detail": {
    "$or": [
      { "total": [{ "numeric": [">=", 500] }] },
      { "customer": { "tier": ["gold"] } },
      { "express": [true] }
    ]
  }
}`,
    [
      ["small order, gold tier", "match", order("19.90", "gold", false)],
      ["small order, basic tier", "no-match", order("19.90", "basic", false)],
      ["large order", "match", order("740.00", "basic", false)],
    ],
    { kind: "event" },
  ),
  example(
    "Arrays of objects",
    "Both conditions must hold in the same element of the array.",
    "many-books",
    `{
  "source": ["com.example.shop"],
  "detail": {
    "items": {
      "sku": [{ "prefix": "BOOK-" }],
      "quantity": [{ "numeric": [">", 1] }]
    }
  }
}`,
    [
      ["two of a book", "match", basket('{ "sku": "BOOK-118", "quantity": 2 }', '{ "sku": "TOY-7", "quantity": 1 }')],
      ["one book, three toys", "no-match", basket('{ "sku": "BOOK-118", "quantity": 1 }', '{ "sku": "TOY-7", "quantity": 3 }')],
    ],
    { kind: "path", path: "$.detail.items" },
  ),
  example(
    "IP filter",
    "API calls from outside: CIDR ranges for IPv4 and IPv6. The target gets a constant.",
    "keys-from-outside",
    `{
  "detail-type": ["AWS API Call via CloudTrail"],
  "detail": {
    "eventName": [{ "prefix": "Create" }],
    "sourceIPAddress": [
      { "cidr": "203.0.113.0/24" },
      { "cidr": "2001:db8::/32" }
    ]
  }
}`,
    [
      ["from 203.0.113.9", "match", apiCall("203.0.113.9")],
      ["from 10.0.4.20", "no-match", apiCall("10.0.4.20")],
      ["from 2001:db8::17", "match", apiCall("2001:db8::17")],
    ],
    { kind: "input", input: '{ "text": "An access key was created from a watched network." }' },
  ),
  example(
    "Input transformer",
    "A quoted variable that is a list in one event: EventBridge accepts it and loses the event.",
    "alarms",
    `{
  "source": ["aws.cloudwatch"],
  "detail-type": ["CloudWatch Alarm State Change"],
  "detail": {
    "state": { "value": ["ALARM"] }
  }
}`,
    [
      ["one label", "match", alarm("cpu-high", '"team-a"')],
      ["list of labels", "match", alarm("disk-full", '["team-a", "night"]')],
      ["no labels", "match", alarm("queue-age", "null").replace(',\n    "labels": null', "")],
    ],
    {
      kind: "transformer",
      paths: [
        ["alarm", "$.detail.alarmName"],
        ["state", "$.detail.state.value"],
        ["reason", "$.detail.state.reason"],
        ["labels", "$.detail.labels"],
      ],
      template: `{
  "title": "<alarm> is in <state>",
  "reason": <reason>,
  "labels": "<labels>",
  "rule": <aws.events.rule-arn>
}`,
    },
  ),
  example(
    "Text conditions",
    "anything-but, wildcard and exists: people, not robots, in the admin area without a second factor.",
    "admins-without-mfa",
    `{
  "source": ["com.example.auth"],
  "detail": {
    "user": [{ "anything-but": { "prefix": "svc-" } }],
    "path": [{ "wildcard": "/admin/*/keys" }],
    "mfa": [{ "exists": false }]
  }
}`,
    [
      ["jane, no second factor", "match", login("jane", "/admin/billing/keys", "")],
      ["jane, second factor", "no-match", login("jane", "/admin/billing/keys", ',\n    "mfa": "totp"')],
      ["a robot", "no-match", login("svc-backup", "/admin/billing/keys", "")],
    ],
    { kind: "path", path: "$.detail" },
  ),
] satisfies Example[];
