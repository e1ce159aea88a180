// Rule sets from 1 to 100,000 rules. A smaller set is the beginning of a larger one.
import { calls, findings } from "./aws.mjs";
import { lotColumn } from "./city-lots.mjs";
import { maker, seedOfPart } from "./random.mjs";

const most = 100_000;

/** So many different texts. */
function different(count, make) {
  const texts = new Set();
  while (texts.size < count) texts.add(make());
  return [...texts];
}

const onLot = (test) => JSON.stringify({ properties: { MAPBLKLOT: [test] } });

/** Lots that exist, and for the rest some that do not. */
function lotsAskedFor(seed) {
  const { digits, shuffle } = maker(seedOfPart(seed, 1));
  const lots = new Set(shuffle([...new Set(lotColumn(42))]).slice(0, 60_000));
  while (lots.size < most) lots.add(digits(7));
  return shuffle([...lots]);
}

function prefixes(seed) {
  const { chance, digits, pick } = maker(seedOfPart(seed, 2));
  const lots = made("lots", seed);
  return different(most, () => (chance(0.6) ? pick(lots).slice(0, pick([5, 6, 6, 7])) : digits(pick([5, 6, 7]))));
}

function wildcards(seed) {
  const { digits, pick } = maker(seedOfPart(seed, 3));
  const shapes = [[2, 1, 2], [3, 2], [0, 2, 2], [3, 1, 0]];
  const filled = (shape) => shape.map((length) => digits(length)).join("*");
  const first = different(30_000, () => filled(pick(shapes)));
  const known = new Set(first);
  return [...first, ...different(most - 30_000 + 3000, () => filled([3, 1, 2])).filter((text) => !known.has(text))].slice(0, most);
}

function ec2Rule({ hex, int, pick }) {
  const states = ["pending", "running", "stopping", "stopped", "shutting-down", "terminated"];
  const state = [...new Set([pick(states), pick(states)])];
  return { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"], detail: { state, "instance-id": [{ prefix: `i-${hex(int(1, 3))}` }] } };
}

function s3Rule({ hex, int, pick, word }) {
  const bucket = `${word()}-${word()}-${pick(["prod", "dev", "stage"])}`;
  const key = pick([
    { prefix: `${word()}/2026-${String(int(1, 12)).padStart(2, "0")}` },
    { suffix: pick([".json", ".csv", ".png", ".parquet"]) },
    { wildcard: `${word()}/*/${hex(1)}*.json` },
  ]);
  return { source: ["aws.s3"], "detail-type": ["Object Created"], detail: { bucket: { name: [bucket] }, object: { key: [key], size: [{ numeric: [">", int(1, 1e8)] }] } } };
}

function ecsRule({ pick, word }) {
  const detail = { lastStatus: [pick(["RUNNING", "STOPPED", "PROVISIONING"])], group: [`service:${word()}`], launchType: [pick(["FARGATE", "EC2"])] };
  return { source: ["aws.ecs"], "detail-type": ["ECS Task State Change"], detail };
}

function cloudTrailRule({ hex, pick, word }) {
  const detail = {
    eventName: [pick(calls)[1], hex(8)],
    userIdentity: { sessionContext: { sessionIssuer: { userName: [word()] } } },
    awsRegion: [{ "anything-but": [pick(["us-east-1", "eu-west-1"])] }],
  };
  return { source: [`aws.${pick(calls)[0]}`], "detail-type": ["AWS API Call via CloudTrail"], detail };
}

function guardDutyRule({ hex, int, pick }) {
  const detail = {
    severity: [{ numeric: [">=", int(1, 8)] }],
    type: [{ prefix: pick(findings).split("/")[0] }],
    resource: { instanceDetails: { instanceId: [{ prefix: `i-${hex(2)}` }] } },
  };
  return { source: ["aws.guardduty"], "detail-type": ["GuardDuty Finding"], detail };
}

/** In the shares in which the events come. */
function awsRule(make) {
  const share = make.fraction();
  const rule = share < 0.2 ? ec2Rule : share < 0.5 ? s3Rule : share < 0.65 ? ecsRule : share < 0.9 ? cloudTrailRule : guardDutyRule;
  return JSON.stringify(rule(make));
}

/** What large routing tables end with: one bucket or one account a rule. */
function tailRule({ digits }, at) {
  const one = { source: ["aws.s3"], detail: { bucket: { name: [`bucket-${String(at).padStart(6, "0")}`] } } };
  const other = { source: ["aws.ec2"], account: [digits(12)], detail: { state: ["running"] } };
  return JSON.stringify(at % 2 ? one : other);
}

/** The first rule of every mixed set, and the only one of the smallest. */
const oneRule = JSON.stringify({ source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"], detail: { state: ["running"] } });

function mixed(seed) {
  const make = maker(seedOfPart(seed, 4));
  const rules = [oneRule, ...different(20_000, () => awsRule(make))];
  for (let at = 1; rules.length < most; at++) rules.push(tailRule(make, at));
  return rules;
}

const kinds = {
  lots: lotsAskedFor,
  mixed,
  exact: (seed) => made("lots", seed).map(onLot),
  prefix: (seed) => prefixes(seed).map((prefix) => onLot({ prefix })),
  wildcard: (seed) => wildcards(seed).map((wildcard) => onLot({ wildcard })),
};
const known = new Map();

function made(kind, seed) {
  const key = `${kind} ${seed}`;
  if (!known.has(key)) known.set(key, kinds[kind](seed));
  return known.get(key);
}

/** The texts of so many rules: `mixed` ask for events of AWS, `exact`, `prefix` and `wildcard` for city lots. */
export const rulesOf = (kind, count, seed = 99) => made(kind, seed).slice(0, count);
