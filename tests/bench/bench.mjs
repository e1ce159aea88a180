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
const { EventPattern, RuleSet, lintPattern } = await import(pathToFileURL(join(root, "pkg", "index.mjs")).href);

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
  const turns = race(contestants);
  const matching = texts.filter((text) => pattern.matches(text)).length;
  const parse = turns[0].speeds;
  return {
    matching,
    averageBytes: bytes.reduce((sum, { length }) => sum + length, 0) / bytes.length,
    rows: turns.map(({ name, speeds }) => ({ name, speed: median(speeds), ratio: median(speeds.map((speed, round) => speed / parse[round])) })),
  };
}

/** All contestants in turn, round after round. */
function race(contestants) {
  const turns = Object.entries(contestants).map(([name, [inputs, work]]) => ({ name, inputs, work, speeds: [] }));
  for (let round = -2; round < rounds; round++) {
    for (const turn of turns) {
      const speed = eventsPerSecond(turn.inputs, turn.work);
      if (round >= 0) turn.speeds.push(speed); // the first two rounds warm up
    }
  }
  return turns;
}

/** A pattern of 4 KB with every operator, and an event of 10 KB that it just does not match. */
function authoring() {
  const field = (at) => ({
    [`name${at}`]: ["running", { prefix: "eu-" }],
    [`size${at}`]: [{ numeric: [">", at, "<=", 1000 + at] }],
    [`path${at}`]: [{ suffix: { "equals-ignore-case": ".PNG" } }, { wildcard: `dir${at}/*.jpg` }],
    [`state${at}`]: [{ "anything-but": ["stopped", "terminated"] }],
  });
  const fields = Array.from({ length: 16 }, (_, at) => field(at));
  const pattern = JSON.stringify({ source: ["aws.s3"], detail: Object.assign({}, ...fields) });
  const values = (at) => ({ [`name${at}`]: "running", [`size${at}`]: at + 1, [`path${at}`]: "a.png", [`state${at}`]: at === 9 ? "stopped" : "on" });
  const detail = Object.assign({}, ...fields.map((_, at) => values(at)), { note: "x".repeat(8600) });
  const usual = JSON.stringify({ source: ["aws.s3"], detail: Object.assign({}, ...fields.slice(8, 10)) });
  return { pattern, usual, event: JSON.stringify({ source: "aws.s3", detail }) };
}

function authoringTable() {
  const { pattern, usual, event } = authoring();
  const compiled = new EventPattern(pattern);
  const small = new EventPattern(usual);
  if (compiled.matches(event)) throw new Error("the event should miss");
  const [match, ...others] = race({
    "matches(text)": [[event], (text) => compiled.matches(text)],
    "explain(text)": [[event], (text) => compiled.explain(text).matches],
    "explain(text), a pattern of 9 fields": [[event], (text) => small.explain(text).matches],
    "lintPattern(text)": [[pattern], (text) => lintPattern(text).length > 0],
    "new EventPattern(text)": [[pattern], (text) => new EventPattern(text).free() === undefined],
  });
  const row = ({ name, speeds }) => {
    const ratio = median(speeds.map((speed, round) => match.speeds[round] / speed));
    return `| ${name} | ${(1e6 / median(speeds)).toFixed(1)} | ${ratio.toFixed(1)} |`;
  };
  return [
    `**authoring**: a pattern of ${pattern.length} characters, an event of ${event.length} that misses it by one field`,
    "",
    "| | µs | × matches |",
    "|---|---:|---:|",
    ...[match, ...others].map(row),
  ].join("\n");
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
const parts = [title, ...workloads.map(speedTable), authoringTable(), sizeTable()];
console.log(`\n${parts.join("\n\n")}\n`);
if (process.argv.includes("--record")) {
  const record = join(here, "record.md");
  const opening = existsSync(record) ? "" : "# Measurements\n\nWritten by `npm --prefix www run bench -- --record`. The machines were shared: trust the ratios within a table, not the figures.\n";
  appendFileSync(record, `${opening}\n${parts.join("\n\n")}\n`);
  console.log("added to tests/bench/record.md");
}
