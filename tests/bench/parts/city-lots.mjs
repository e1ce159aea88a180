// The third goal: the fourteen types of rules that event-ruler publishes, on city lots, next to its recorded figures.
import { eventRuler } from "../anchors.mjs";
import { cityLots } from "../generate/city-lots.mjs";
import { cityLotCount, fourteenTypes } from "../generate/fourteen-types.mjs";
import { agree, contestant, race, timesAsFast } from "../race.mjs";
import { besideRecord, recordHead } from "../record-of-event-ruler.mjs";
import { ratio, section, speed, table, thousands, whole } from "../report.mjs";
import { cityLotEvents, freshEngine, freshPackage, named } from "../workload.mjs";

/** Our answers and those of plain JavaScript, on some of the events. */
async function check(sets, { texts, bytes }) {
  const { linear } = await freshEngine("closures");
  const step = 20;
  const count = texts.length / step;
  for (const [type, { rules }] of Object.entries(fourteenTypes)) {
    const match = linear(rules);
    agree(`city lots, ${type}`, count, {
      closures: (at) => match(JSON.parse(texts[at * step])),
      "RuleSet.match(bytes)": (at) => sets[type].match(bytes[at * step]),
      "RuleSet.match(text)": (at) => sets[type].match(texts[at * step]),
      "RuleSet.match(object)": (at) => sets[type].match(JSON.parse(texts[at * step])),
    });
  }
}

/** The published counts, on all city lots. */
function checkAll(sets) {
  const lots = cityLots();
  const encoder = new TextEncoder();
  const counts = Object.fromEntries(Object.entries(fourteenTypes).map(([type, { rules }]) => [type, rules.map(() => 0)]));
  for (let at = 0; at < cityLotCount; at++) {
    const bytes = encoder.encode(lots.line(at));
    for (const type in sets) for (const name of sets[type].match(bytes)) counts[type][name]++;
  }
  for (const [type, { expected }] of Object.entries(fourteenTypes)) {
    if (String(counts[type]) !== String(expected)) throw new Error(`city lots, ${type}: ${counts[type]} matches, published are ${expected}`);
  }
  return `All ${whole(cityLotCount)} city lots: every rule of every type matches as many of them as event-ruler publishes.`;
}

export const cityLotsPart = {
  name: "citylots",
  async run({ full }) {
    const events = cityLotEvents();
    const { RuleSet } = await freshPackage();
    const sets = Object.fromEntries(Object.entries(fourteenTypes).map(([type, { rules }]) => [type, new RuleSet(named(rules))]));
    await check(sets, events);
    const counted = full ? [checkAll(sets)] : [];
    const [parse, ...results] = race([
      contestant("JSON.parse alone", events.texts, (text) => (JSON.parse(text) === null ? 0 : 1)),
      ...Object.entries(sets).map(([type, set]) => contestant(type, events.bytes, (bytes) => set.match(bytes).length)),
    ]);
    const record = besideRecord("cityLots", parse.nanoseconds, events.averageBytes);
    const rows = results.map((result) => [
      result.name,
      thousands(speed(result.nanoseconds)),
      ratio(timesAsFast(result, parse)),
      ...record.cells(result.name, result.nanoseconds, eventRuler.cityLots[result.name]),
    ]);
    const about = `${whole(events.bytes.length)} events of ${whole(events.averageBytes)} bytes, 5 rules a type, as bytes; thousand events/s. JSON.parse alone: ${thousands(speed(parse.nanoseconds))}`;
    const head = ["type", "RuleSet.match", "× JSON.parse", ...recordHead];
    return section("city lots, fourteen types", about, table(head, rows), record.means(), record.note(), ...counted);
  },
};
