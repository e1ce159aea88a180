// The first goal: 100 mixed rules against events of AWS, next to JSON.parse alone on the same texts.
import { agree, contestant, race, timesAsFast } from "../race.mjs";
import { megabytes, ratio, section, table, whole } from "../report.mjs";
import { awsEvents, freshEngine, freshPackage, largerAwsEvents, named, rulesOf } from "../workload.mjs";

async function measure(title, { texts, bytes, averageBytes }) {
  const rules = rulesOf("mixed", 100);
  // A package for each door: none is held up by what the compiler has learnt of the others.
  const [set, forText, forBytes] = (await Promise.all([1, 2, 3].map(freshPackage))).map(({ RuleSet }) => new RuleSet(named(rules)));
  const { indexed } = await freshEngine("indexed");
  const index = indexed(rules.map((rule) => JSON.parse(rule)));
  const matches = agree(title, texts.length, {
    "RuleSet.match(bytes)": (at) => set.match(bytes[at]),
    "RuleSet.match(text)": (at) => set.match(texts[at]),
    "RuleSet.match(object)": (at) => set.match(JSON.parse(texts[at])),
    "indexed JavaScript": (at) => index(JSON.parse(texts[at])),
  });
  const results = race([
    contestant("JSON.parse alone", texts, (text) => (JSON.parse(text) === null ? 0 : 1)),
    contestant("JSON.parse, then indexed JavaScript", texts, (text) => index(JSON.parse(text)).length),
    contestant("RuleSet.match(text)", texts, (text) => forText.match(text).length),
    contestant("RuleSet.match(bytes)", bytes, (event) => forBytes.match(event).length),
  ]);
  const rows = results.map((result) => [result.name, whole(result.nanoseconds), megabytes(result.nanoseconds, averageBytes), ratio(timesAsFast(result, results[0]))]);
  for (const each of [set, forText, forBytes]) each.free();
  return section(title, `${texts.length} events of ${whole(averageBytes)} bytes on average, ${matches} matches`, table(["", "ns/event", "MB/s", "× JSON.parse"], rows));
}

export const aws = {
  name: "aws",
  async run() {
    const larger = await measure("100 mixed rules, AWS events of 1 to 6 KB", largerAwsEvents());
    return [larger, await measure("100 mixed rules, all AWS events (0.4 to 6 KB)", awsEvents())].join("\n\n");
  },
};
