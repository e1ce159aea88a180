// The second goal: events that are parsed already, as a Lambda handler receives them, against JavaScript written by hand.
// Each object is fresh: it was parsed just before, out of the time, and nobody has looked at it yet.
import { loadSift } from "../engines/sift.mjs";
import { agree, contestant, race, timesAsFast } from "../race.mjs";
import { ratio, section, table, whole } from "../report.mjs";
import { awsEvents, freshEngine, freshPackage, named, rulesOf } from "../workload.mjs";

const parse = (text) => JSON.parse(text);

/** The engines with the same rules, each as a function from an event to the matching ones. */
async function engines(rules) {
  const patterns = rules.map(parse);
  const [{ linear }, { indexed }, { RuleSet }, { EventPattern }] = await Promise.all([freshEngine("closures"), freshEngine("indexed"), freshPackage(), freshPackage()]);
  const sift = loadSift();
  const set = new RuleSet(named(rules));
  const pattern = rules.length === 1 && new EventPattern(rules[0]);
  return {
    "closures, one after another": linear(patterns),
    "indexed JavaScript": indexed(patterns),
    // With more rules a round of it would last longer than all of the others together.
    ...(sift && rules.length <= 100 && { "npm sift, one after another": sift(patterns) }),
    "RuleSet.match(object)": (event) => set.match(event),
    ...(pattern && { "EventPattern.matches(object)": (event) => (pattern.matches(event) ? [0] : []) }),
  };
}

async function measure(count) {
  const { texts } = awsEvents();
  const all = await engines(rulesOf("mixed", count));
  const answers = Object.entries(all).map(([name, match]) => [name, (at) => match(parse(texts[at]))]);
  const matches = agree(`${count} rules`, 500, Object.fromEntries(answers));
  const results = race(Object.entries(all).map(([name, match]) => contestant(name, texts, (event) => match(event).length, parse)));
  const [linear, index] = results;
  return results.map((result) => [`${whole(count)}: ${result.name}`, whole(result.nanoseconds), ratio(timesAsFast(result, linear)), ratio(timesAsFast(result, index)), matches]);
}

export const objects = {
  name: "objects",
  async run() {
    const rows = [];
    for (const count of [1, 10, 100, 1000]) rows.push(...(await measure(count)));
    const { texts, averageBytes } = awsEvents();
    const about = `${texts.length} fresh objects, events of ${whole(averageBytes)} bytes as text; how many times as fast as closures, and as indexed JavaScript`;
    return section("parsed objects, mixed rules", about, table(["rules: engine", "ns/event", "× closures", "× indexed", "matches in 500"], rows));
  },
};
