// What several parts measure on, made once; and the package, loaded afresh.
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { awsTexts } from "./generate/aws.mjs";
import { cityLots } from "./generate/city-lots.mjs";
import { rulesOf } from "./generate/rules.mjs";
import { mean } from "./report.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

let copies = 0;
/** A copy of a module that nothing has been run in yet: what one contestant taught the compiler is no burden to the next. */
const fresh = (path) => import(`${pathToFileURL(path).href}?copy=${copies++}`);
/** The built package. */
export const freshPackage = () => fresh(join(root, "pkg", "index.mjs"));
/** One of our own engines in JavaScript. */
export const freshEngine = (name) => fresh(join(root, "tests", "bench", "engines", `${name}.mjs`));

const once = (make) => {
  let made;
  return () => (made ??= make());
};

/** Texts together with their bytes, which are parts of one buffer, as those that come from a file or a socket. */
function events(texts) {
  const buffer = new TextEncoder().encode(texts.join("\n"));
  const bytes = [];
  for (let from = 0; from < buffer.length; from = buffer.indexOf(10, from) + 1 || buffer.length) {
    const end = buffer.indexOf(10, from);
    bytes.push(buffer.subarray(from, end < 0 ? buffer.length : end));
  }
  return { texts, bytes, averageBytes: mean(bytes.map(({ length }) => length)) };
}

/** Events of AWS services, 0.4 to 6 KB. */
export const awsEvents = once(() => events(awsTexts(2000)));
/** Those of them from 1 KB on. */
export const largerAwsEvents = once(() => events(awsTexts(4000).filter((text) => text.length >= 1000)));
/** 20,000 city lots, evenly from all of them. */
export const cityLotEvents = once(() => events(cityLots().some(20_000)));
export { events };

export const parsed = (texts) => texts.map((text) => JSON.parse(text));
/** Rules under names that are their numbers, as `new RuleSet` takes them. */
export const named = (rules) => rules.map((rule, at) => [String(at), rule]);
export { rulesOf };
