// The last goal: no rule can match, and the first field says so. The rest is still checked to be JSON, so the best that can
// be is the speed of that check: a set that asks for one field that is not there.
import { agree, contestant, race, timesAsFast } from "../race.mjs";
import { megabytes, ratio, section, table, whole } from "../report.mjs";
import { events, freshPackage, largerAwsEvents, named, parsed, rulesOf } from "../workload.mjs";

/** The same events, but with a source first that no rule wants. */
const excluded = () => events(parsed(largerAwsEvents().texts).map(({ source, ...rest }) => JSON.stringify({ source: `none.${source}`, ...rest })));

export const firstBytes = {
  name: "nomatch",
  async run() {
    const { RuleSet } = await freshPackage();
    const { texts, bytes, averageBytes } = excluded();
    const absent = new RuleSet({ absent: { absent: ["x"] } });
    const sets = [100, 1000].map((count) => [count, new RuleSet(named(rulesOf("mixed", count)))]);
    for (const [count, set] of [...sets, [1, absent]]) {
      const matches = agree(`first bytes, ${count} rules`, texts.length, { bytes: (at) => set.match(bytes[at]), text: (at) => set.match(texts[at]) });
      if (matches > 0) throw new Error(`first bytes: ${matches} matches where there can be none`);
    }
    const results = race([
      contestant("one absent field (the strict scan)", bytes, (event) => absent.match(event).length),
      ...sets.map(([count, set]) => contestant(`${whole(count)} mixed rules`, bytes, (event) => set.match(event).length)),
      contestant("JSON.parse alone", texts, (text) => (JSON.parse(text) === null ? 0 : 1)),
    ]);
    const rows = results.map((result) => [result.name, whole(result.nanoseconds), megabytes(result.nanoseconds, averageBytes), ratio(timesAsFast(result, results[0]))]);
    return section("no rule matches, the first field decides", `${texts.length} events of ${whole(averageBytes)} bytes, as bytes`, table(["", "ns/event", "MB/s", "× strict scan"], rows));
  },
};
