// Started by parts/memory.mjs, once for each size, so that nothing is there but the rules: builds a set of rules and prints
// how long that took and what it holds. `node --expose-gc memory-of-rules.mjs mixed 1000`
import { freshPackage, named, rulesOf } from "./workload.mjs";

const [kind, count] = [process.argv[2], Number(process.argv[3])];
const rules = named(rulesOf(kind, count));
let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    if (this.exports.inbox_new) ({ memory } = this.exports); // and not that of a module that unpacks another one
  }
};
const { RuleSet } = await freshPackage();
// A set may put off work until it is asked: building ends with the first answer.
const built = (rules) => {
  const set = new RuleSet(rules);
  set.match("{}");
  return set;
};
built(named(rulesOf(kind, 1))).free();

const used = () => {
  gc();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed, module: memory.buffer.byteLength };
};
const before = used();
const started = performance.now();
const set = built(rules);
const milliseconds = performance.now() - started;
const after = used();
if (set.size !== count) throw new Error(`${set.size} rules of ${count}`);
const grown = (name) => (after[name] - before[name]) / count;
console.log(JSON.stringify({ milliseconds, module: grown("module"), heap: grown("heapUsed"), resident: grown("rss") }));
