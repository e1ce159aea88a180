/** Events for the examples: real shapes, made-up values. */

import { event } from "./example.js";

export const ec2 = (instance: string, state: string): string =>
  event(
    { source: "aws.ec2", type: "EC2 Instance State-change Notification", resources: `["arn:aws:ec2:eu-central-1:111122223333:instance/${instance}"]` },
    `{
    "instance-id": "${instance}",
    "state": "${state}"
  }`,
  );

export const order = (total: string, tier: string, express: boolean): string =>
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

export const basket = (first: string, second: string): string =>
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

export const apiCall = (address: string): string =>
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

export const alarm = (name: string, labels: string): string =>
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

export const login = (user: string, path: string, mfa: string): string =>
  event(
    { source: "com.example.auth", type: "Login" },
    `{
    "user": "${user}",
    "path": "${path}"${mfa}
  }`,
  );

export const pipeline = (state: string): string =>
  event(
    { source: "aws.codepipeline", type: "CodePipeline Pipeline Execution State Change", resources: '["arn:aws:codepipeline:eu-central-1:111122223333:shop-release"]' },
    `{
    "pipeline": "shop-release",
    "execution-id": "0b5e7a6c-3f1d-4c52-9a55-6f0c2d7d9c11",
    "state": "${state}",
    "version": 7
  }`,
  );

export const finding = (severity: string, type: string): string =>
  event(
    { source: "aws.guardduty", type: "GuardDuty Finding" },
    `{
    "schemaVersion": "2.0",
    "id": "5ab1e0c4d9f24c0e8c3f6f7a1b2c3d4e",
    "type": "${type}",
    "severity": ${severity},
    "title": "A finding of an example",
    "service": { "archived": false, "count": 3 }
  }`,
  );

export const deployment = (environment: string, attempt: number): string =>
  event(
    { source: "com.example.deploy", type: "Deployment Finished" },
    `{
    "environment": "${environment}",
    "attempt": ${attempt},
    "status": "failed"
  }`,
  );

export const upload = (key: string): string =>
  event(
    { source: "aws.s3", type: "Object Created" },
    `{
    "bucket": { "name": "data-lake" },
    "object": { "key": "${key}", "size": 1048576 }
  }`,
  );

export const user = (detail: string): string => event({ source: "com.example.accounts", type: "User Changed" }, detail);

export const schedule = (rule: string): string =>
  event({ source: "aws.events", type: "Scheduled Event", resources: `["arn:aws:events:eu-central-1:111122223333:rule/${rule}"]` }, "{}");

export const ticket = (channel: string, priority: string): string =>
  event(
    { source: "com.example.support", type: "Ticket Opened" },
    `{
    "ticket": "T-2077",
    "channel": "${channel}",
    "priority": "${priority}"
  }`,
  );
