// The fourth goal: what an event costs when there are 1, 10, … 100,000 rules.
import { eventRuler } from "../anchors.mjs";
import { agree, contestant, race, timesAsFast } from "../race.mjs";
import { besideRecord, recordHead } from "../record-of-event-ruler.mjs";
import { ratio, section, speed, table, thousands, whole } from "../report.mjs";
import { awsEvents, cityLotEvents, freshEngine, freshPackage, named, rulesOf } from "../workload.mjs";

const sizes = [1, 10, 100, 1000, 10_000, 100_000];

/** Against the closures: many events with few rules, few events with many. */
async function check(kind, sets, { texts, bytes }) {
  const { linear } = await freshEngine("closures");
  for (const size of sizes) {
    const match = linear(rulesOf(kind, size).map((rule) => JSON.parse(rule)));
    agree(`growth, ${size} ${kind} rules`, Math.min(1000, Math.max(5, 200_000 / size)), {
      closures: (at) => match(JSON.parse(texts[at])),
      "RuleSet.match(bytes)": (at) => sets[size].match(bytes[at]),
    });
  }
}

async function measure(kind, events) {
  const { RuleSet } = await freshPackage();
  const sets = Object.fromEntries(sizes.map((size) => [size, new RuleSet(named(rulesOf(kind, size)))]));
  await check(kind, sets, events);
  const [parse, ...results] = race([
    contestant("JSON.parse alone", events.texts, (text) => (JSON.parse(text) === null ? 0 : 1)),
    ...sizes.map((size) => contestant(String(size), events.bytes, (bytes) => sets[size].match(bytes).length)),
  ]);
  for (const set of Object.values(sets)) set.free();
  const record = besideRecord(kind === "mixed" ? "aws" : "cityLots", parse.nanoseconds, events.averageBytes);
  const rows = results.map((result) => {
    const growth = 1 / timesAsFast(result, results[1]);
    const recorded = record.cells(result.name, result.nanoseconds, eventRuler.growth[kind][result.name]);
    return [`${kind}: ${whole(Number(result.name))}`, whole(result.nanoseconds), ratio(growth), thousands(speed(result.nanoseconds)), ...recorded];
  });
  return { rows, note: `${kind}: ${record.note()}` };
}

export const growth = {
  name: "growth",
  async run() {
    const rows = [];
    const notes = [];
    for (const kind of ["mixed", "exact", "prefix", "wildcard"]) {
      const measured = await measure(kind, kind === "mixed" ? awsEvents() : cityLotEvents());
      rows.push(...measured.rows);
      if (kind === "mixed" || kind === "exact") notes.push(measured.note);
    }
    const about = `\`mixed\` on AWS events of ${whole(awsEvents().averageBytes)} bytes, the others on city lots of ${whole(cityLotEvents().averageBytes)}; as bytes`;
    const head = ["rules", "ns/event", "× time of 10 rules", "thousand events/s", ...recordHead];
    return section("growth", about, table(head, rows), ...notes);
  },
};
