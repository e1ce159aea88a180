// One pattern: small, medium and large events, next to JSON.parse alone; and what working on a pattern costs.
import { awsTexts } from "../generate/aws.mjs";
import { appEvent, largeEvent, textsOf } from "../generate/events.mjs";
import { agree, contestant, race, timesAsFast } from "../race.mjs";
import { megabytes, ratio, section, speed, table, whole } from "../report.mjs";
import { events, freshEngine, freshPackage } from "../workload.mjs";

const workloads = [
  {
    name: "small (application)",
    texts: () => textsOf(2000, appEvent, 1),
    pattern: { source: ["com.example.shop"], "detail-type": ["OrderPlaced"], detail: { total: [{ numeric: [">", 500] }], country: ["DE", "FR"] } },
  },
  {
    name: "medium (AWS)",
    texts: () => awsTexts(1000).filter((text) => text.length >= 1000),
    pattern: { source: [{ prefix: "aws." }], detail: { eventName: [{ "anything-but": ["Decrypt"] }], userIdentity: { type: ["AssumedRole"] }, sourceIPAddress: [{ prefix: "1" }] } },
  },
  {
    name: "large (250 KB)",
    texts: () => textsOf(12, largeEvent, 3),
    pattern: { "detail-type": ["BatchImported"], detail: { status: ["done", "failed"], orders: { customer: { country: ["US"] }, lines: { price: [{ numeric: [">", 90] }] } } } },
  },
];

async function measure({ name, texts: make, pattern: object }) {
  const { texts, bytes, averageBytes } = events(make());
  const [{ EventPattern, RuleSet }, { compile }] = await Promise.all([freshPackage(), freshEngine("closures")]);
  const [pattern, rules, closure] = [new EventPattern(object), new RuleSet({ it: object }), compile(object)];
  const matching = agree(name, texts.length, {
    closures: (at) => closure(JSON.parse(texts[at])),
    text: (at) => pattern.matches(texts[at]),
    bytes: (at) => pattern.matches(bytes[at]),
    object: (at) => pattern.matches(JSON.parse(texts[at])),
    RuleSet: (at) => rules.match(texts[at]).length > 0,
  });
  const parse = (text) => JSON.parse(text);
  const results = race([
    contestant("JSON.parse alone", texts, (text) => (JSON.parse(text) === null ? 0 : 1)),
    contestant("closures(object)", texts, (event) => (closure(event) ? 1 : 0), parse),
    contestant("matches(text)", texts, (text) => (pattern.matches(text) ? 1 : 0)),
    contestant("matches(bytes)", bytes, (event) => (pattern.matches(event) ? 1 : 0)),
    contestant("matches(object)", texts, (event) => (pattern.matches(event) ? 1 : 0), parse),
    contestant("RuleSet.match(text)", texts, (text) => rules.match(text).length),
  ]);
  const rows = results.map((result) => [result.name, whole(speed(result.nanoseconds)), result.name.includes("object") ? "–" : megabytes(result.nanoseconds, averageBytes), ratio(timesAsFast(result, results[0]))]);
  return section(name, `${texts.length} events of ${whole(averageBytes)} bytes on average, ${matching} of them match`, table(["", "events/s", "MB/s", "× JSON.parse"], rows));
}

export const single = {
  name: "single",
  async run() {
    const texts = [];
    for (const workload of workloads) texts.push(await measure(workload));
    return texts.join("\n\n");
  },
};

/** A pattern of 4 KB with every operator, and an event of 10 KB that it just does not match. */
function authoringWork() {
  const field = (at) => ({
    [`name${at}`]: ["running", { prefix: "eu-" }],
    [`size${at}`]: [{ numeric: [">", at, "<=", 1000 + at] }],
    [`path${at}`]: [{ suffix: { "equals-ignore-case": ".PNG" } }, { wildcard: `dir${at}/*.jpg` }],
    [`state${at}`]: [{ "anything-but": ["stopped", "terminated"] }],
  });
  const fields = Array.from({ length: 16 }, (_, at) => field(at));
  const pattern = JSON.stringify({ source: ["aws.s3"], detail: Object.assign({}, ...fields) });
  const values = (at) => ({ [`name${at}`]: "running", [`size${at}`]: at + 1, [`path${at}`]: "a.png", [`state${at}`]: at === 9 ? "stopped" : "on" });
  const detail = Object.assign({}, ...fields.map((_, at) => values(at)), { note: "x".repeat(8600) });
  const usual = JSON.stringify({ source: ["aws.s3"], detail: Object.assign({}, ...fields.slice(8, 10)) });
  return { pattern, usual, event: JSON.stringify({ source: "aws.s3", detail }) };
}

export const authoring = {
  name: "authoring",
  async run() {
    const { EventPattern, lintPattern } = await freshPackage();
    const { pattern, usual, event } = authoringWork();
    const [compiled, small] = [new EventPattern(pattern), new EventPattern(usual)];
    if (compiled.matches(event)) throw new Error("the event should miss");
    const results = race([
      contestant("matches(text)", [event], (text) => (compiled.matches(text) ? 1 : 0)),
      contestant("explain(text)", [event], (text) => (compiled.explain(text).matches ? 1 : 0)),
      contestant("explain(text), a pattern of 9 fields", [event], (text) => (small.explain(text).matches ? 1 : 0)),
      contestant("lintPattern(text)", [pattern], (text) => lintPattern(text).length),
      contestant("new EventPattern(text)", [pattern], (text) => (new EventPattern(text).free(), 1)),
    ]);
    const rows = results.map((result) => [result.name, (result.nanoseconds / 1000).toFixed(1), (1 / timesAsFast(result, results[0])).toFixed(1)]);
    const about = `a pattern of ${whole(pattern.length)} characters, an event of ${whole(event.length)} that misses it by one field`;
    return section("authoring", about, table(["", "µs", "× matches"], rows));
  },
};
