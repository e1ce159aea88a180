// Running programs and pages until they say the sign.
import { spawn } from "node:child_process";
import { Failure, run } from "../../www/tasks/run.mjs";
import { environment, NotRun } from "./place.mjs";
import { sign } from "./snippet.mjs";

const patience = 120_000;

/** Runs a program to its end; returns what it printed. A failure shows that. */
export async function finish(program, args, folder, env) {
  const { output } = await run(program, args, { cwd: folder, env: environment(env), quiet: true, timeout: patience });
  return output;
}

/** The same for a script of Node. */
export const finishScript = (script, args, folder, env) => finish(process.execPath, [script, ...args], folder, env);

/** Runs a program that must print the sign and nothing else: no warning either. */
export async function hear(program, args, folder, env) {
  const output = await finish(program, args, folder, env);
  if (output.trim() !== sign) throw new Failure(`expected only "${sign}", heard:\n${output}`);
}

/** Starts a server; resolves to the first address that it prints, and `close`. */
export function serving(program, args, folder, env) {
  const child = spawn(program, args, { cwd: folder, env: environment(env) });
  const close = () =>
    new Promise((done) => {
      if (child.exitCode !== null || child.signalCode !== null) return done();
      child.once("close", done).kill();
    });
  let output = "";
  return new Promise((resolve, reject) => {
    const give = (outcome) => {
      clearTimeout(timer);
      outcome();
    };
    const fail = (how) => give(() => close().then(() => reject(new Failure(`${[program, ...args].join(" ")} ${how}:\n${output}`))));
    const timer = setTimeout(() => fail("named no address in time"), patience);
    const listen = (chunk) => {
      output += chunk;
      const url = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(output)?.[0];
      if (url) give(() => resolve({ url: `${url}/`, close }));
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.once("error", (error) => fail(error.message)).once("close", () => fail("ended"));
  });
}

/** Asks a server, which must answer with the sign. */
export async function hearAnswer(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
  const text = await response.text();
  if (text !== sign) throw new Failure(`${url} answered ${response.status}: ${text.slice(0, 2000)}`);
}

/** Started by the first row that needs it. */
let launching;

async function chromium() {
  launching ??= import("../browser/browser.mjs").then(({ launch }) => launch());
  return launching.then(
    ({ browser }) => browser,
    (error) => {
      throw new NotRun(error.message.split(/[;\n]/)[0], { cause: error });
    },
  );
}

/** Opens a page that must log the sign, without any error. Returns the version of the browser. */
export async function hearPage(url) {
  const browser = await chromium();
  const page = await browser.newPage();
  const heard = [];
  try {
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Failure(`${url} did not say the sign in time, but:\n${heard.join("\n")}`)), 30_000);
      const settle = (outcome, value) => (clearTimeout(timer), outcome(value));
      page.on("console", (message) => {
        heard.push(`${message.type()}: ${message.text()}`);
        if (message.text() === sign) settle(resolve);
      });
      page.on("pageerror", (error) => settle(reject, error));
      page.goto(url).catch((error) => settle(reject, error));
    });
  } finally {
    await page.close();
  }
  return `Chromium ${browser.version()}`;
}

/** To be called when the last row has run. */
export async function closeChromium() {
  const launched = await launching?.catch(() => undefined); // whoever wanted it was told
  launching = undefined;
  await launched?.browser.close();
}
