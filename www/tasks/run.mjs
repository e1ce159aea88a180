// Starting other programs, and saying what happens.
import { spawn, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** A failure that needs no stack: its message says what to do. */
export class Failure extends Error {}

export const say = (text) => console.log(text);

/** Was this file started by itself, and not imported? */
export const isMain = (url) => process.argv[1] !== undefined && pathToFileURL(realpathSync(process.argv[1])).href === url;

/** Runs the task of a script and ends the process with its outcome. */
export async function task(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Failure ? `\n✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

/** The first line that a program prints, or undefined when it cannot be started or fails. */
export function ask(program, args, options = {}) {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8", ...options });
  return status === 0 ? stdout.trim().split("\n")[0] : undefined;
}

/**
 * Runs a program to its end and returns everything it printed. `quiet` shows the output only when the program fails.
 */
export function run(program, args, { quiet = false, check = true, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    const hear = (stream) => (chunk) => {
      output += chunk;
      if (!quiet) stream.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", hear(process.stdout));
    child.stderr.setEncoding("utf8").on("data", hear(process.stderr));
    child.on("error", (error) => reject(new Failure(`${program} could not be started: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0 || !check) return resolve({ output, code });
      if (quiet) process.stdout.write(output);
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      const failure = new Failure(`${[program, ...args].join(" ")} ${how}`);
      failure.output = output;
      reject(failure);
    });
  });
}

/** Runs npm, which on Windows is a script that cannot be started directly. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith("js")) return run(process.execPath, [cli, ...args], options);
  return run("npm", args, { shell: process.platform === "win32", ...options });
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** Size of some bytes as they are, and as they travel. */
export function sizes(bytes) {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
}

/** One line with the sizes of a file. */
export function sizeLine(name, bytes) {
  const { raw, gzip, brotli } = sizes(bytes);
  const [a, b, c] = [raw, gzip, brotli].map((size) => kilobytes(size).padStart(9));
  return `  ${name.padEnd(22)} ${a}  gzip ${b}  brotli ${c}`;
}
