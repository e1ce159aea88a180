/** Whole states to start from: each with events that match and events that do not, and what is expected of them. */

import { type Example, START, example } from "./example.js";
import { alarm, apiCall, basket, deployment, ec2, finding, login, order, pipeline, schedule, ticket, upload, user } from "./example-events.js";
import { targetForm } from "./state.js";

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
  {
    title: "One bus, three rules",
    says: "A table of events and rules: who hears of which order.",
    state: {
      events: [
        { name: "large order", text: order("740.00", "basic", false), expected: ["match", "match", "no-match"] },
        { name: "gold customer", text: order("19.90", "gold", false), expected: ["match", "match", "no-match"] },
        { name: "express", text: order("19.90", "basic", true), expected: ["match", "no-match", "match"] },
        { name: "no order", text: deployment("production", 1), expected: ["no-match", "no-match", "no-match"] },
      ],
      selected: 0,
      rules: [
        { name: "archive", pattern: '{\n  "detail-type": ["Order Placed"]\n}', target: targetForm() },
        {
          name: "account-manager",
          pattern: `{
  "source": ["com.example.shop"],
  "detail": {
    "$or": [
      { "total": [{ "numeric": [">=", 500] }] },
      { "customer": { "tier": ["gold"] } }
    ]
  }
}`,
          target: targetForm({ kind: "transformer", paths: [["order", "$.detail.orderId"], ["total", "$.detail.total"]], template: '{ "order": <order>, "total": <total> }' }),
        },
        {
          name: "courier",
          pattern: '{\n  "source": ["com.example.shop"],\n  "detail": { "express": [true] }\n}',
          target: targetForm({ kind: "path", path: "$.detail.orderId" }),
        },
      ],
      rule: 1,
    },
  },
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
  example(
    "CodePipeline failed",
    "A release that failed or was stopped. The target gets a message for a chat.",
    "release-failed",
    `{
  "source": ["aws.codepipeline"],
  "detail-type": ["CodePipeline Pipeline Execution State Change"],
  "detail": {
    "pipeline": [{ "prefix": "shop-" }],
    "state": ["FAILED", "STOPPED"]
  }
}`,
    [
      ["failed", "match", pipeline("FAILED")],
      ["stopped", "match", pipeline("STOPPED")],
      ["succeeded", "no-match", pipeline("SUCCEEDED")],
    ],
    {
      kind: "transformer",
      paths: [
        ["pipeline", "$.detail.pipeline"],
        ["state", "$.detail.state"],
        ["execution", "$.detail.execution-id"],
      ],
      template: `{
  "text": "Pipeline <pipeline>: <state>",
  "execution": <execution>
}`,
    },
  ),
  example(
    "GuardDuty severity",
    "Findings of high severity, except those of one family of types.",
    "serious-findings",
    `{
  "source": ["aws.guardduty"],
  "detail-type": ["GuardDuty Finding"],
  "detail": {
    "severity": [{ "numeric": [">=", 7, "<=", 10] }],
    "type": [{ "anything-but": { "prefix": "Recon:" } }]
  }
}`,
    [
      ["severity 8.5", "match", finding("8.5", "CryptoCurrency:EC2/BitcoinTool.B!DNS")],
      ["severity 2", "no-match", finding("2", "UnauthorizedAccess:IAMUser/ConsoleLogin")],
      ["severity 8, a scan", "no-match", finding("8", "Recon:EC2/PortProbeUnprotectedPort")],
    ],
    { kind: "path", path: "$.detail" },
  ),
  example(
    "Anything but",
    "All failed deployments except those of two environments and first attempts.",
    "failures-that-stay",
    `{
  "detail-type": ["Deployment Finished"],
  "detail": {
    "status": ["failed"],
    "environment": [{ "anything-but": ["sandbox", "preview"] }],
    "attempt": [{ "anything-but": 1 }]
  }
}`,
    [
      ["production, third attempt", "match", deployment("production", 3)],
      ["production, first attempt", "no-match", deployment("production", 1)],
      ["sandbox", "no-match", deployment("sandbox", 4)],
    ],
    { kind: "event" },
  ),
  example(
    "Wildcards",
    "One star for any text: daily files of any year and any region.",
    "daily-files",
    `{
  "source": ["aws.s3"],
  "detail": {
    "object": {
      "key": [{ "wildcard": "raw/*/daily/*.parquet" }]
    }
  }
}`,
    [
      ["daily file", "match", upload("raw/eu/daily/2026-03-14.parquet")],
      ["deeper", "match", upload("raw/eu/2026/daily/14.parquet")],
      ["hourly file", "no-match", upload("raw/eu/hourly/2026-03-14T09.parquet")],
      ["daily, not a parquet file", "no-match", upload("raw/eu/daily/2026-03-14.csv")],
    ],
    { kind: "path", path: "$.detail.object" },
  ),
  example(
    "Missing, null, empty",
    "A field that is not there, one that is null, and one that is empty are three things.",
    "no-phone",
    `{
  "source": ["com.example.accounts"],
  "detail": {
    "email": [{ "exists": true }],
    "phone": [null, "", { "exists": false }]
  }
}`,
    [
      ["not there", "match", user('{ "email": "jane@example.com" }')],
      ["null", "match", user('{ "email": "jane@example.com", "phone": null }')],
      ["empty", "match", user('{ "email": "jane@example.com", "phone": "" }')],
      ["a number", "no-match", user('{ "email": "jane@example.com", "phone": "+49 30 123456" }')],
      ["no email", "no-match", user('{ "phone": null }')],
    ],
    { kind: "event" },
  ),
  example(
    "Any spelling",
    "equals-ignore-case, where senders do not agree on capital letters.",
    "urgent-tickets",
    `{
  "detail-type": ["Ticket Opened"],
  "detail": {
    "priority": [{ "equals-ignore-case": "urgent" }],
    "channel": ["phone", { "prefix": { "equals-ignore-case": "vip-" } }]
  }
}`,
    [
      ["Urgent, by phone", "match", ticket("phone", "Urgent")],
      ["URGENT, VIP chat", "match", ticket("VIP-chat", "URGENT")],
      ["urgent, by mail", "no-match", ticket("mail", "urgent")],
      ["low, by phone", "no-match", ticket("phone", "low")],
    ],
    { kind: "path", path: "$.detail" },
  ),
  example(
    "Scheduled cleanup",
    "The event of a rule with a schedule. The target gets a constant that says what to do.",
    "nightly-cleanup",
    `{
  "source": ["aws.events"],
  "detail-type": ["Scheduled Event"],
  "resources": [{ "suffix": ":rule/nightly-cleanup" }]
}`,
    [
      ["nightly cleanup", "match", schedule("nightly-cleanup")],
      ["weekly report", "no-match", schedule("weekly-report")],
    ],
    { kind: "input", input: '{ "task": "cleanup", "olderThanDays": 30, "dryRun": false }' },
  ),
] satisfies Example[];
