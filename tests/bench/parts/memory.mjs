// Building sets of rules: time, and memory a rule. Each size in a process of its own, the median of three.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { eventRuler } from "../anchors.mjs";
import { median } from "../race.mjs";
import { ratio, section, table, whole } from "../report.mjs";
import { root } from "../workload.mjs";

const runs = [["mixed", 1000], ["mixed", 10_000], ["mixed", 100_000], ["exact", 100_000], ["prefix", 100_000], ["wildcard", 100_000]];

function build(kind, count) {
  const script = join(root, "tests", "bench", "memory-of-rules.mjs");
  return JSON.parse(execFileSync(process.execPath, ["--expose-gc", script, kind, String(count)], { encoding: "utf8" }));
}

function row([kind, count]) {
  const results = [1, 2, 3].map(() => build(kind, count));
  const of = (name) => median(results.map((result) => result[name]));
  return [`${kind}: ${whole(count)}`, whole(of("milliseconds")), ratio((of("milliseconds") * 1000) / count), whole(of("module")), whole(of("heap")), whole(of("resident"))];
}

export const memory = {
  name: "memory",
  async run() {
    const { seconds, megabytes } = eventRuler.building;
    const recorded = `Recorded for event-ruler: 100,000 mixed rules in ${seconds} s, ${megabytes} MB.`;
    const head = ["rules", "ms in all", "µs a rule", "bytes a rule: module", "JS heap", "resident"];
    return section("building sets of rules", "until the first answer; memory of the WebAssembly module, of the JS heap (names), and of the whole process, in which small sets carry what any first use costs", table(head, runs.map(row)), recorded);
  },
};
