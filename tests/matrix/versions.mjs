// Every version that the matrix installs, and nowhere else: none of these is a dependency of www/package.json.
const { arch, platform } = process;

/** The last release of each line of Node that we support. */
const nodes = { 18: "18.20.8", 20: "20.20.2", 22: "22.23.3", 24: "24.21.0", 26: "26.10.0" };
export const nodeLines = Object.keys(nodes);

/** The npm packages that hold nothing but the program of one platform; npm refuses those of another one. */
export const nodePackage = `node-${platform === "win32" ? "win" : platform}-${arch}`;
const bunArch = { arm64: "aarch64", x64: "x64-baseline" }[arch] ?? arch;
export const bunPackage = `@oven/bun-${platform === "win32" ? "windows" : platform}-${bunArch}`;

const jest = { jest: "30.5.2" };
const vitest = { vitest: "5.1.1", vite: "8.3.8" };

/** What is installed together, by the name of its folder in the cache. The first package names the version in the table. */
export const tools = {
  ...Object.fromEntries(nodeLines.map((line) => [`node-${line}`, { [nodePackage]: nodes[line] }])),
  bun: { [bunPackage]: "1.4.5" },
  deno: { deno: "2.9.6" },
  jest,
  "jest-jsdom": { "jest-environment-jsdom": "30.5.2", ...jest },
  vitest,
  "vitest-jsdom": { jsdom: "26.1.0", ...vitest },
  vite: { vite: "8.3.8" },
  webpack: { webpack: "5.112.2", "webpack-cli": "7.3.1" },
  rspack: { "@rspack/core": "2.3.2", "@rspack/cli": "2.2.8" },
  wrangler: { wrangler: "4.164.0" },
  next: { next: "16.4.6", react: "19.3.1", "react-dom": "19.3.1" },
  hono: { hono: "4.13.19", "@hono/node-server": "2.1.8" },
  exports: { "aws-cdk-lib": "2.276.0", constructs: "10.8.1", "@aws-sdk/client-eventbridge": "3.1169.0", "@cdktf/hcl2json": "0.21.0", yaml: "2.9.1" },
  // The last version that runs without an account.
  serverless: { serverless: "3.40.0" },
  publint: { publint: "0.3.25" },
  attw: { "@arethetypeswrong/core": "0.18.5" },
  "typescript-5": { typescript: "5.9.3" },
};

/** The same for packages of Python. */
export const pythonTools = {
  sam: { "aws-sam-translator": "1.115.0", "cfn-lint": "1.58.0" },
  cdk: { "aws-cdk-lib": "2.275.0" },
};
