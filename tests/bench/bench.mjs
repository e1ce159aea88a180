// Events per second for one pattern, next to JSON.parse alone. All contestants run in turn, round after round, so that
// whatever else the machine does meets all of them; the median of the rounds counts. `--record` adds the result to
// record.md. Run by `npm --prefix www run bench`.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { workloads } from "./events.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const { EventPattern, RuleSet } = await import(pathToFileURL(join(root, "pkg", "index.mjs")).href);

const rounds = 15;
const millisecondsPerTurn = 60;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function measure({ events, pattern: patternObject }) {
  const pattern = new EventPattern(patternObject);
  const rules = new RuleSet({ it: patternObject });
  const texts = events.map((event) => JSON.stringify(event));
  const bytes = texts.map((text) => new TextEncoder().encode(text));
  const contestants = {
    "JSON.parse alone": [texts, (text) => JSON.parse(text) !== null],
    "matches(text)": [texts, (text) => pattern.matches(text)],
    "matches(bytes)": [bytes, (event) => pattern.matches(event)],
    "matches(object)": [events, (event) => pattern.matches(event)],
    "RuleSet.match(text)": [texts, (text) => rules.match(text).length > 0],
  };
  const turns = Object.entries(contestants).map(([name, [inputs, work]]) => ({ name, inputs, work, speeds: [] }));
  for (let round = -2; round < rounds; round++) {
    for (const turn of turns) {
      const speed = eventsPerSecond(turn.inputs, turn.work);
      if (round >= 0) turn.speeds.push(speed); // the first two rounds warm up
    }
  }
  const matching = texts.filter((text) => pattern.matches(text)).length;
  const parse = turns[0].speeds;
  return {
    matching,
    averageBytes: bytes.reduce((sum, { length }) => sum + length, 0) / bytes.length,
    rows: turns.map(({ name, speeds }) => ({ name, speed: median(speeds), ratio: median(speeds.map((speed, round) => speed / parse[round])) })),
  };
}

function eventsPerSecond(inputs, work) {
  let done = 0;
  let kept = 0;
  const started = performance.now();
  let now = started;
  while (now - started < millisecondsPerTurn) {
    for (const input of inputs) kept += work(input) ? 1 : 0;
    done += inputs.length;
    now = performance.now();
  }
  if (kept < 0) throw new Error("never");
  return (done * 1000) / (now - started);
}

function speedTable(workload) {
  const { averageBytes, matching, rows } = measure(workload);
  const lines = [
    `**${workload.name}**: ${workload.events.length} events of ${Math.round(averageBytes)} bytes on average, ${matching} of them match`,
    "",
    "| | events/s | MB/s | × JSON.parse |",
    "|---|---:|---:|---:|",
    ...rows.map(({ name, speed, ratio }) => `| ${name} | ${Math.round(speed).toLocaleString("en")} | ${((speed * averageBytes) / 1e6).toFixed(0)} | ${ratio.toFixed(2)} |`),
  ];
  return lines.join("\n");
}

function sizeTable() {
  const files = ["pkg/core.wasm", "pkg/index.mjs", "pkg/index.cjs", "pkg/slim.mjs", "pkg/workerd.mjs", "www/dist/index.html", "www/dist/main.js", "www/dist/style.css", "www/dist/core.wasm"];
  const rows = files
    .filter((name) => existsSync(join(root, name)))
    .map((name) => {
      const bytes = readFileSync(join(root, name));
      const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
      return `| ${name} | ${sizes.map((size) => size.toLocaleString("en")).join(" | ")} |`;
    });
  return ["| bytes | raw | gzip | brotli |", "|---|---:|---:|---:|", ...rows].join("\n");
}

const { version } = JSON.parse(readFileSync(join(root, "pkg", "package.json"), "utf8"));
const title = `## ${new Date().toISOString().slice(0, 10)}, version ${version}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}`;
const parts = [title, ...workloads.map(speedTable), sizeTable()];
console.log(`\n${parts.join("\n\n")}\n`);
if (process.argv.includes("--record")) {
  const record = join(here, "record.md");
  const opening = existsSync(record) ? "" : "# Measurements\n\nWritten by `npm --prefix www run bench -- --record`. The machines were shared: trust the ratios within a table, not the figures.\n";
  appendFileSync(record, `${opening}\n${parts.join("\n\n")}\n`);
  console.log("added to tests/bench/record.md");
}
