// The goal about arrays: two fields of one object, in arrays of 125 to 4,000 objects. Linear means: the same nanoseconds an
// object whatever the length.
import { batchEvent, correlated, correlatedEvent, textsOf } from "../generate/events.mjs";
import { agree, contestant, race, timesAsFast } from "../race.mjs";
import { ratio, section, table, whole } from "../report.mjs";
import { events, freshEngine, freshPackage } from "../workload.mjs";

const lengths = [125, 250, 500, 1000, 2000, 4000];
/** How many objects meet one of the two conditions: every one, or one in fifty. */
const shares = { "every object meets one condition": 1, "one object in fifty does": 50 };

async function measure(title, share) {
  const { RuleSet } = await freshPackage();
  const { compile } = await freshEngine("closures");
  const [set, closure] = [new RuleSet({ it: correlated }), compile(correlated)];
  const rows = lengths.map((length) => {
    const { texts, bytes } = events([JSON.stringify(correlatedEvent(length, share))]);
    agree(`arrays of ${length}`, 1, { closures: () => (closure(JSON.parse(texts[0])) ? ["it"] : []), bytes: () => set.match(bytes[0]), object: () => set.match(JSON.parse(texts[0])) });
    const [parse, ours] = race([
      contestant("JSON.parse alone", texts, (text) => (JSON.parse(text) === null ? 0 : 1)),
      contestant("RuleSet.match(bytes)", bytes, (event) => set.match(event).length),
    ]);
    return [`${title}: ${whole(length)}`, (ours.nanoseconds / 1000).toFixed(1), ratio(ours.nanoseconds / length), ratio(timesAsFast(ours, parse))];
  });
  set.free();
  return rows;
}

/** Arrays as they come, where the fields of some object do fit together. */
async function usual() {
  const { RuleSet } = await freshPackage();
  const { linear } = await freshEngine("closures");
  const pattern = { detail: { items: { sku: [{ prefix: "SKU-000" }], qty: [{ numeric: [">", 45] }] } } };
  const [set, closures] = [new RuleSet([["0", pattern]]), linear([pattern])];
  const { texts, bytes, averageBytes } = events(textsOf(100, batchEvent, 8));
  const matches = agree("batches", texts.length, { closures: (at) => closures(JSON.parse(texts[at])), bytes: (at) => set.match(bytes[at]), object: (at) => set.match(JSON.parse(texts[at])) });
  const [parse, ours] = race([
    contestant("JSON.parse alone", texts, (text) => (JSON.parse(text) === null ? 0 : 1)),
    contestant("RuleSet.match(bytes)", bytes, (event) => set.match(event).length),
  ]);
  set.free();
  return `${texts.length} batches of 100 to 1,000 objects (${whole(averageBytes)} bytes), ${matches} of them match: ${ratio(ours.nanoseconds / 1000)} µs an event, ${ratio(timesAsFast(ours, parse))} × JSON.parse.`;
}

export const arrays = {
  name: "arrays",
  async run() {
    const rows = [];
    for (const [title, share] of Object.entries(shares)) rows.push(...(await measure(title, share)));
    const head = ["objects in the array", "µs/event", "ns/object", "× JSON.parse"];
    return section("arrays of objects, two correlated fields", "no object meets both conditions; as bytes", table(head, rows), await usual());
  },
};
