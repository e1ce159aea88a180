/** Events that travel inside of something else: queues, topics, streams, `put-events`, CloudTrail. */

import { type Found, type FoundEvent, found, isEvent } from "./found.js";
import { Json } from "./json.js";
import { indented, standalone } from "./spelling.js";

/** Stands where a text has no id of its own. */
const MADE_UP_ID = "00000000-0000-4000-8000-000000000000";

interface Envelope {
  what: string;
  /** The event inside, or why there is none. */
  open(json: Json): FoundEvent | string;
}

/** The kinds of carriers, by what a member of them looks like. */
function envelopeOf(json: Json): Envelope | undefined {
  if (json.string("body") !== undefined && (json.string("eventSource") === "aws:sqs" || json.get("messageId"))) return { what: "an SQS envelope", open: (record) => openText(record.string("body")) };
  if (json.string("Body") !== undefined && (json.get("MessageId") || json.get("ReceiptHandle"))) return { what: "SQS messages", open: (message) => openText(message.string("Body")) };
  if (json.string("Sns", "Message") !== undefined) return { what: "an SNS envelope", open: (record) => openText(record.string("Sns", "Message")) };
  if (json.string("Type") === "Notification" && json.string("Message") !== undefined) return { what: "an SNS message", open: (message) => openText(message.string("Message")) };
  if (json.string("kinesis", "data") !== undefined) return { what: "a Kinesis envelope", open: (record) => openBase64(record.string("kinesis", "data")) };
  if (json.string("data") !== undefined && (json.get("recordId") || json.get("sequenceNumber"))) return { what: "a stream envelope", open: (record) => openBase64(record.string("data")) };
  if (json.string("Data") !== undefined && json.get("SequenceNumber")) return { what: "Kinesis records", open: (record) => openBase64(record.string("Data")) };
  if (json.string("Source") !== undefined && json.string("DetailType") !== undefined && json.get("Detail")) return { what: "entries of `put-events`", open: openEntry };
  if (isTrail(json)) return { what: "a CloudTrail record", open: wrapTrail };
  if (json.string("CloudTrailEvent") !== undefined) return { what: "the answer of `cloudtrail lookup-events`", open: (event) => openTrailText(event.string("CloudTrailEvent")) };
  return undefined;
}

/** Keys that hold a list of carriers. */
const LISTS = ["Records", "records", "Messages", "Entries", "Events"];

/** A carrier or an object with a list of carriers, opened. */
export function openEnvelope(json: Json): Found | undefined {
  if (isEvent(json)) return undefined;
  const alone = envelopeOf(json);
  if (alone) return opened([json], alone);
  for (const list of LISTS) {
    const items = json.items(list);
    const envelope = items[0] && envelopeOf(items[0]);
    if (envelope) return opened(items, envelope);
  }
  return undefined;
}

function opened(items: Json[], { what, open }: Envelope): Found {
  const results = items.map(open);
  const events = results.filter((result) => typeof result !== "string");
  const failures = [...new Set(results.filter((result) => typeof result === "string"))];
  const made = what.includes("put-events") ? ["`id`, `account` and `region`, and `time` where it is not given, are made up."] : what.includes("CloudTrail") || what.includes("cloudtrail") ? ["The envelope around each record, with its `id`, is made up from the record."] : [];
  const left = items.length - events.length;
  return found(what, { events, notes: [...made, ...(left ? [`${left} of ${items.length} left out: ${failures.join("; ")}.`] : [])] });
}

/** A JSON text that may be a carrier in turn: SNS in SQS, for example. */
function openText(text: string | undefined, depth = 0): FoundEvent | string {
  const json = Json.of(text?.trim());
  if (!json) return "the content is not JSON";
  if (json.node.kind === "string") return openText(json.string(), depth + 1);
  if (!json.isObject) return "the content is not a JSON object";
  const inner = depth < 5 && !isEvent(json) ? envelopeOf(json) : undefined;
  return inner && !inner.what.includes("`") ? inner.open(json) : { name: "", text: standalone(json.source) };
}

function openBase64(data: string | undefined): FoundEvent | string {
  try {
    const bytes = Uint8Array.from(atob(data ?? ""), (character) => character.charCodeAt(0));
    return openText(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return "the data is not base64 of a text";
  }
}

/** An entry of `put-events` as EventBridge would deliver it. */
function openEntry(entry: Json): FoundEvent | string {
  const detail = entry.get("Detail");
  const text = detail?.node.kind === "string" ? entry.string("Detail")?.trim() : detail?.source;
  if (!Json.of(text)?.isObject) return "`Detail` is not the text of a JSON object";
  return envelope(entry.get("DetailType")?.source ?? "", entry.get("Source")?.source ?? "", text ?? "", {
    time: isoTime(entry.get("Time")),
    resources: entry.get("Resources")?.source,
  });
}

function isoTime(time: Json | undefined): string | undefined {
  if (time?.node.kind === "string") return time.source;
  const date = new Date(Number(time?.source) * 1000);
  return Number.isNaN(date.valueOf()) ? undefined : JSON.stringify(date.toISOString().replace(".000", ""));
}

function isTrail(json: Json): boolean {
  return json.string("eventName") !== undefined && json.string("eventVersion") !== undefined && /\.amazonaws\.com$/.test(json.string("eventSource") ?? "");
}

function openTrailText(text: string | undefined): FoundEvent | string {
  const record = Json.of(text);
  return record && isTrail(record) ? wrapTrail(record) : "`CloudTrailEvent` is not the text of a record";
}

/** What EventBridge calls the kinds of records that CloudTrail sends it. */
const TRAIL_TYPES: Record<string, string> = {
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
  AwsConsoleAction: "AWS Console Action via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
  AwsCloudTrailInsight: "AWS Insight via CloudTrail",
};

function wrapTrail(record: Json): FoundEvent {
  const type = TRAIL_TYPES[record.string("eventType") ?? ""] ?? "AWS API Call via CloudTrail";
  const source = `aws.${record.string("eventSource")?.split(".")[0]}`;
  return {
    ...envelope(JSON.stringify(type), JSON.stringify(source), record.source, {
      account: record.get("recipientAccountId")?.source ?? record.get("userIdentity", "accountId")?.source,
      time: record.get("eventTime")?.source,
      region: record.get("awsRegion")?.source,
    }),
    name: record.string("eventName") ?? "",
  };
}

/** All parts are JSON, as they are written. */
function envelope(type: string, source: string, detail: string, { account = '"111122223333"', time = '"2026-01-01T00:00:00Z"', region = '"us-east-1"', resources = "[]" }: Partial<Record<"account" | "time" | "region" | "resources", string | undefined>>): FoundEvent {
  const members = { version: '"0"', id: `"${MADE_UP_ID}"`, "detail-type": type, source, account, time, region, resources: indented(resources, 1), detail: indented(detail, 1) };
  const lines = Object.entries(members).map(([key, value]) => `  "${key}": ${value}`);
  return { name: "", text: `{\n${lines.join(",\n")}\n}` };
}
