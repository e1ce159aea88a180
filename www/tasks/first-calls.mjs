// Which functions of an entry run until its first answer. Prints where they begin.
import { Session } from "node:inspector";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [entry] = process.argv.slice(2);
const session = new Session();
session.connect();

function ask(method, params) {
  let found;
  session.post(method, params, (error, result) => {
    if (error) throw new Error(error.message);
    found = result;
  });
  return found;
}

ask("Profiler.enable");
ask("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
const { href } = pathToFileURL(entry);
const { EventPattern } = entry.endsWith(".cjs") ? createRequire(href)(entry) : await import(href);
if (!new EventPattern({ source: ["aws.s3"] }).matches({ source: "aws.s3" })) throw new Error("the first answer is wrong");
const { result } = ask("Profiler.takePreciseCoverage");
// Of CommonJS Node tells the path.
const { functions } = result.find(({ url }) => url === href || url === entry);
console.log(JSON.stringify(functions.map(({ ranges: [first] }) => first).filter(({ count }) => count > 0).map(({ startOffset }) => startOffset)));
