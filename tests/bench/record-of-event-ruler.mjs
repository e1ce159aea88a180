// How our times are to the recorded ones of event-ruler: as they are, and as they would be if this machine were as fast as
// the one of the record, as far as JSON.parse alone on the same events can tell.
import { eventRuler, recordedParse } from "./anchors.mjs";
import { combos } from "./generate/fourteen-types.mjs";
import { geometricMean } from "./race.mjs";
import { ratio, speed, whole } from "./report.mjs";

export const recordHead = ["event-ruler, recorded", "× event-ruler", "× scaled"];

/**
 * @param {keyof recordedParse} kind which events
 * @param {number} parse nanoseconds that JSON.parse takes here for one of them
 * @param {number} bytes how long they are on average
 */
export function besideRecord(kind, parse, bytes) {
  const here = (bytes * 1000) / parse;
  const scale = recordedParse[kind] / here;
  const compared = { raw: {}, scaled: {} };
  return {
    /** The three cells of a row, and kept for the means. */
    cells(name, nanoseconds, thousands) {
      if (thousands === undefined) return ["–", "–", "–"];
      compared.raw[name] = speed(nanoseconds) / (thousands * 1000);
      compared.scaled[name] = compared.raw[name] * scale;
      return [thousands, ratio(compared.raw[name]), ratio(compared.scaled[name])];
    },
    means() {
      const of = (ratios, names) => ratio(geometricMean(names.map((name) => ratios[name])));
      const all = Object.keys(compared.raw);
      const types = all.filter((name) => !combos.includes(name));
      const lines = Object.entries(compared).map(([how, ratios]) => `${how}: ${of(ratios, types)} ×, with the combos ${of(ratios, all)} ×, least ${ratio(Math.min(...Object.values(ratios)))} ×`);
      return `Geometric mean over the types that have a record; ${lines.join("; ")}.`;
    },
    note: () => `${eventRuler.name}, thousand events/s. JSON.parse alone does ${whole(here)} MB/s on these events here and did ${recordedParse[kind]} there; \`scaled\` allows for that.`,
  };
}
