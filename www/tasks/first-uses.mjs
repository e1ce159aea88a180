// What production does at first, and what it does for every event. split.mjs runs this with a module whose functions say
// their number when they are called. Prints the numbers of those that belong in the first part.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [watched, engine] = process.argv.slice(2);
const called = new Set();
let counts = true;
const { Instance } = WebAssembly;
const watch = { called: (at) => void (counts && called.add(at)) };
WebAssembly.Instance = function (module, imports) {
  return new Instance(module, { ...imports, watch });
};
const { EventPattern, init, RuleSet } = await import(pathToFileURL(engine).href);
await init(new WebAssembly.Module(readFileSync(watched)));

/**
 * Does something whose functions are not counted, because they can come later: making rules of seldom kinds, replacing,
 * deleting. Asking about an event never goes in here.
 */
function aside(work) {
  counts = false;
  const result = work();
  counts = true;
  return result;
}

const envelope = {
  version: "0",
  id: "7bf73129-1428-4cd3-a780-95db273d1602",
  "detail-type": "EC2 Instance State-change Notification",
  source: "aws.ec2",
  account: "123456789012",
  time: "2026-11-11T21:29:54Z",
  region: "eu-west-1",
  resources: ["arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0"],
};
const details = [
  { state: "running", "instance-id": "i-0123456789abcdef0" },
  { bucket: { name: "b-prod" }, object: { key: "uploads/2026-11/a.json", size: 5_000_000, etag: "d41d8" }, reason: null, ok: true, off: false },
  { ip: "10.1.2.3", n: [1, -2.5e3, 12.5, 0.001, 1e21, 123456789.123456789, 37.787832498129, 9007199254740993, -0], text: 'é€😀"\\\/\n\t\u0001', none: {}, empty: [] },
  { ip: "2001:db8::1", items: [{ sku: "s1", qty: 1, at: [{ x: 1 }, { x: 2, y: [[3]] }] }, { sku: "s2", qty: 2 }], "ключ": "значение", long: "x".repeat(3000) },
  { items: Array.from({ length: 100 }, (_, at) => ({ sku: `s${at}`, qty: at })), n: "text", name: "k7", list: ["a3", "b4", "other"] },
  { name: "k1-and-k2", tag: "T3", file: "k3/deep/k4.json", n: 17, list: "z", ip: "10.7.0.1", a: { b: { c: { d: "k5" } } } },
];
const events = details.map((detail) => ({ ...envelope, detail }));
const texts = events.map((event) => JSON.stringify(event));
// As others write it: spaces, escapes for everything, members twice.
texts.push(JSON.stringify(events[2], null, 2), texts[3].replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`));
texts.push('{"source":"a","source":"aws.ec2","detail":{"n":1E+2,"n":-0.0e-5,"n":12345678901234567890.5}}');

/** Every way in which an event can come. */
function ask(matches) {
  for (const event of events) matches(event);
  for (const text of texts) {
    matches(text);
    matches(Buffer.from(text));
  }
}

// What most rules ask for. (With more kinds of tests here, who has none of them would lose more than who has them gains.)
const everyday = [
  { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"], detail: { state: ["running", "stopped"] } },
  { source: ["aws.s3"], detail: { bucket: { name: ["b-prod"] }, object: { key: [{ prefix: "uploads/" }, { suffix: ".json" }], size: [{ numeric: [">", 5] }] } } },
  { source: [{ prefix: "aws." }], detail: { state: [{ "anything-but": ["running", "pending"] }], n: [{ exists: false }], name: [{ exists: true }] } },
  { account: ["123456789012"], detail: { n: [1, 2.5, -3e2], reason: [null, ""], ok: [true], off: [false], "ключ": ["значение", "😀"] } },
  { resources: [{ suffix: "0" }], detail: { n: [{ numeric: [">=", 0, "<", 1e6] }, { numeric: ["=", -0.5] }], state: [{ "anything-but": "stopped" }, { "anything-but": { prefix: "x" } }] } },
];
const few = new RuleSet();
for (const pattern of everyday) {
  for (const written of [pattern, JSON.stringify(pattern, null, 2)]) {
    const one = new EventPattern(written);
    ask((event) => one.matches(event));
    few.set(`rule ${few.size}`, written);
    ask((event) => few.match(event));
  }
}
few.matchLines(events.map((event) => JSON.stringify(event)).join("\n"));
new EventPattern({ detail: { state: Array.from({ length: 1000 }, (_, at) => `state ${at}`) } }).free();
few.free();

// Every kind of test, alone and in numbers: made aside, asked as fast as the others.
const kinds = (at) => [
  [`k${at}`],
  [{ prefix: `k${at}` }, { prefix: { "equals-ignore-case": `K${at}` } }],
  [{ suffix: `${at}` }, { suffix: { "equals-ignore-case": `${at}.JSON` } }],
  [{ wildcard: `*k${at}*k${at + 1}*` }],
  [{ wildcard: `k${at}/*` }, { wildcard: `*${at}.json` }, { wildcard: `k${at}*.json` }],
  [{ "equals-ignore-case": `K${at}` }],
  [{ "anything-but": [`k${at}`, "z"] }],
  [{ "anything-but": { prefix: [`k${at}`] } }, { "anything-but": { suffix: [`${at}`, "x"] } }],
  [{ "anything-but": { wildcard: [`*k${at}*`, "x*y"] } }, { "anything-but": { "equals-ignore-case": [`K${at}`] } }],
  [{ "anything-but": [at, 1.5] }, { "anything-but": at }],
  [{ numeric: ["=", at] }, { numeric: [">", at, "<=", at + 5] }, { numeric: ["<", -at] }],
  [at, at + 0.5, -at * 1e-7, at * 1e15],
  [{ cidr: `10.${at % 256}.0.0/16` }, { cidr: `2001:db8:${at}::/48` }],
  [{ exists: at % 2 === 0 }],
  [null, true, `a${at}`],
];
const fields = ["state", "ip", "n", "name", "tag", "file", "list", "text"];

/** A rule with two lists of tests. */
const twoLists = (test, other, at) => ({ source: ["aws.ec2"], detail: { [fields[at % 8]]: [...test, ...other], [fields[(at + 3) % 8]]: other } });

/** What of a rule a test can be, alone and with another one. */
function shapesWith(test, other, at) {
  const field = fields[at % 8];
  return [
    { detail: Object.fromEntries(fields.map((field) => [field, test])) },
    ...fields.map((field) => ({ detail: { [field]: test } })),
    twoLists(test, other, at),
    { detail: { items: { sku: [`s${at}`], qty: [at], at: { x: [1], y: [3] } } } },
    { source: ["aws.ec2"], detail: { $or: [{ [field]: test }, { a: { b: { c: { d: [`k${at}`] } } } }] } },
  ];
}

/** Asks many rules at once, before and after one more comes. */
function askMany(patterns) {
  const rules = patterns.map((pattern, at) => [`rule ${at}`, pattern]);
  const set = aside(() => new RuleSet(rules.slice(1)));
  // The set gets ready when it is first asked.
  aside(() => set.match("{}"));
  ask((event) => set.match(event));
  aside(() => set.set(...rules[0]));
  aside(() => set.match("{}"));
  ask((event) => set.match(event));
  aside(() => set.free());
}

const count = kinds(0).length;
const numbers = (length) => Array.from({ length }, (_, at) => at);
for (let kind = 0; kind < count; kind++) {
  const shapes = (at) => shapesWith(kinds(at)[kind], kinds(at)[(kind + 5) % count], at);
  for (const length of [10, 150]) askMany(numbers(length).flatMap(shapes));
  for (const pattern of shapes(1)) {
    const one = aside(() => new EventPattern(pattern));
    ask((event) => one.matches(event));
  }
}
for (const length of [20, 100, 1000]) askMany(numbers(length).map((at) => twoLists(kinds(at)[at % count], kinds(at)[(at * 5 + 3) % count], at)));
for (const length of [20, 300]) askMany(numbers(length).flatMap((at) => shapesWith(kinds(at)[at % count], kinds(at)[(at * 5 + 3) % count], at)));
console.log(JSON.stringify([...called]));
