// What every row runs: the first snippet of the README, word by word, and what it does not show: a match and a refusal.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../www/tasks/places.mjs";

/** What a row must hear. */
export const sign = "eventbridge-rules works here";

const readme = readFileSync(join(root, "README.md"), "utf8");
const snippet = /^<!-- example: first -->\n```js\n([^]*?)^```$/m.exec(readme)[1];
const body = snippet.replace(/^import .*\n/, "");
const promised = [...snippet.matchAll(/^\/\/ (.*)$/gm)].map(([, said]) => said);

const beyond = `
  console.log(pattern.matches({ source: "aws.s3", detail: { object: { size: 2048 } } }));
  try {
    new EventPattern({ source: "aws.s3" });
  } catch (error) {
    console.log(error instanceof PatternError && error instanceof Error, error.name, error.diagnostics[0].code);
  }
`;
const answers = [...promised, "true", "true PatternError pattern-value-not-a-list"];

const names = "{ EventPattern, PatternError, TargetInput }";
const imports = {
  esm: (from) => `import ${names} from ${JSON.stringify(from)};\n`,
  cjs: (from) => `const ${names} = require(${JSON.stringify(from)});\n`,
};

/**
 * The text of a module that has `check`: it returns the sign, or throws when an answer is not the promised one.
 * `ending` is what the module does with it.
 */
export function program({ format = "esm", from = "eventbridge-rules", ending = "console.log(check());" } = {}) {
  return `${imports[format](from)}
function check() {
  const said = [];
  const console = { log: (...values) => said.push(values.join(" ")) };
${body}${beyond}
  const answers = ${JSON.stringify(answers)};
  if (JSON.stringify(said) !== JSON.stringify(answers)) throw new Error("said " + JSON.stringify(said));
  return ${JSON.stringify(sign)};
}
${ending}
`;
}
