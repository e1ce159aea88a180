// The crate compiled for this machine, at the same work as the package.
import { eventRuler } from "../anchors.mjs";
import { buildProgram, has, run, works, written } from "../native.mjs";
import { contestant, median, pace, race } from "../race.mjs";
import { besideRecord, recordHead } from "../record-of-event-ruler.mjs";
import { megabytes, section, speed, table, thousands, whole } from "../report.mjs";
import { cityLotEvents, freshPackage, named } from "../workload.mjs";

/** Runs one kind of work; the package must count the same matches. */
async function measure(name) {
  const { events, sets } = works[name]();
  const lines = run("rounds", pace.rounds, written(name, events.texts, sets));
  const { RuleSet } = await freshPackage();
  return Object.entries(sets).map(([set, rules], at) => {
    const inPackage = new RuleSet(named(rules));
    const matches = events.bytes.reduce((sum, bytes) => sum + inPackage.match(bytes).length, 0);
    inPackage.free();
    if (matches !== lines[at].matches) throw new Error(`${set}: ${lines[at].matches} matches natively, ${matches} in the package`);
    return { set, nanoseconds: median(lines[at].times), averageBytes: events.averageBytes, building: lines[at].building };
  });
}

function cityLotTable(results) {
  const { texts, averageBytes } = cityLotEvents();
  const [parse] = race([contestant("JSON.parse alone", texts, (text) => (JSON.parse(text) === null ? 0 : 1))]);
  const record = besideRecord("cityLots", parse.nanoseconds, averageBytes);
  const rows = results.map(({ set, nanoseconds }) => [set, thousands(speed(nanoseconds)), megabytes(nanoseconds, averageBytes), ...record.cells(set, nanoseconds, eventRuler.cityLots[set])]);
  const head = ["type", "thousand events/s", "MB/s", ...recordHead];
  return section("native: city lots", "the same events and rules as in the package", table(head, rows), record.means(), record.note());
}

function awsTable(results) {
  const rows = results.map(({ set, nanoseconds, averageBytes, building }) => [`${set}, events of ${whole(averageBytes)} bytes`, whole(nanoseconds), megabytes(nanoseconds, averageBytes), whole(building / 1e6)]);
  return section("native: AWS events", "all of them, and those from 1 KB on", table(["", "ns/event", "MB/s", "building, ms"], rows));
}

export const native = {
  name: "native",
  async run() {
    if (!has("cargo")) return section("native", "left out: there is no cargo");
    buildProgram();
    const cityLots = cityLotTable(await measure("cityLots"));
    return [cityLots, awsTable([...(await measure("aws")), ...(await measure("largerAws"))])].join("\n\n");
  },
};
