// Instructions instead of times: they do not depend on what else the machine does. Counted by valgrind in the native
// program; the difference between one pass over the events and three leaves out whatever is done only once.
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { combos } from "../generate/fourteen-types.mjs";
import { buildProgram, has, run, works, written } from "../native.mjs";
import { mean, section, table, whole } from "../report.mjs";

const hotPaths = [
  ...["exact", "numeric", "anything-but", "complex arrays", combos[1]].map((set) => ({ work: "cityLots", set })),
  ...["1 mixed rules", "100 mixed rules", "1000 mixed rules"].map((set) => ({ work: "aws", set })),
];
const events = 200;
const passes = [1, 3];

/** The instructions of the whole program with so many passes. */
function counted(files, count) {
  const log = join(tmpdir(), `eventbridge-rules-callgrind-${process.pid}`);
  run("passes", count, files, ["valgrind", "--tool=callgrind", `--callgrind-out-file=${log}.out`, `--log-file=${log}.log`]);
  return Number(/Collected : (\d+)/.exec(readFileSync(`${log}.log`, "utf8"))[1]);
}

function row({ work, set }) {
  const { events: all, sets } = works[work]();
  const step = Math.floor(all.texts.length / events);
  const texts = Array.from({ length: events }, (_, at) => all.texts[at * step]);
  const files = written(`instructions-${work}`, texts, { [set]: sets[set] });
  const [few, many] = passes.map((count) => counted(files, count));
  const each = (many - few) / (passes[1] - passes[0]) / events;
  const bytes = mean(texts.map((text) => Buffer.byteLength(text)));
  return [`${work === "cityLots" ? "city lots" : "AWS events"}, ${set}`, whole(bytes), whole(each), (each / bytes).toFixed(2)];
}

export const instructions = {
  name: "instructions",
  async run() {
    if (!has("cargo") || !has("valgrind")) return section("instructions", "left out: they need cargo and valgrind");
    buildProgram();
    const head = ["", "bytes/event", "instructions/event", "instructions/byte"];
    return section("instructions", `native program under callgrind, ${events} events`, table(head, hotPaths.map(row)));
  },
};
