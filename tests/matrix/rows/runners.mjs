// Test runners, each with the environment of Node and with jsdom, which lacks parts of both Node and browsers.
import { Failure } from "../../../www/tasks/run.mjs";
import { finishScript } from "../hear.mjs";
import { commandOf } from "../place.mjs";
import { program, sign } from "../snippet.mjs";

const ending = `test("works", () => expect(check()).toBe(${JSON.stringify(sign)}));`;

function expectOne(output, line) {
  if (!line.test(output)) throw new Failure(`one test should have passed:\n${output}`);
}

const jestRow = (environment, tool) => ({
  name: `jest ${environment}`,
  fast: environment === "node",
  tool,
  files: { "use.test.js": program({ format: "cjs", ending }) },
  async run({ folder, tool }) {
    const args = ["--rootDir", folder, "--env", environment, "--no-cache", "--no-watchman", "--ci"];
    expectOne(await finishScript(commandOf(tool, "jest"), args, folder), /^Tests: +1 passed, 1 total$/m);
  },
});

const vitestRow = (environment, tool) => ({
  name: `vitest ${environment}`,
  fast: true,
  tool,
  files: { "use.test.js": `import { expect, test } from "vitest";\n${program({ ending })}` },
  async run({ folder, tool }) {
    const args = ["run", "--root", folder, "--environment", environment];
    expectOne(await finishScript(commandOf(tool, "vitest"), args, folder), /^ *Tests +1 passed \(1\)$/m);
  },
});

export const runnerRows = [
  jestRow("node", "jest"),
  jestRow("jsdom", "jest-jsdom"),
  vitestRow("node", "vitest"),
  vitestRow("jsdom", "vitest-jsdom"),
];
