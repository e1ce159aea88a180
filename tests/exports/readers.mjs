// Reads what was exported, each format with a parser or a program of that format, back into rules.
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { esbuild } from "../../www/tasks/pack.mjs";
import { www } from "../../www/tasks/places.mjs";
import { environment } from "../matrix/place.mjs";

const execute = promisify(execFile);

/** A module of an installed tool. */
export async function load(tool, name) {
  const found = createRequire(join(tool, "package.json")).resolve(name);
  return import(pathToFileURL(found).href);
}

/** A program's output. What it says on its way stays out of sight, unless it fails. */
export async function output(program, args, options = {}) {
  const { stdout } = await execute(program, args, { maxBuffer: 1 << 28, ...options, env: environment(options.env) });
  return stdout;
}

/** The settings of a target, without the rest of it. */
const inputOf = ({ Input, InputPath, InputTransformer }) => ({ ...(Input !== undefined && { Input }), ...(InputPath !== undefined && { InputPath }), ...(InputTransformer !== undefined && { InputTransformer }) });

/** A rule of CloudFormation. */
function ruleOfTemplate({ Name, EventBusName, EventPattern, Targets }) {
  return { name: Name, bus: EventBusName, pattern: EventPattern, input: inputOf(Targets[0]), target: Targets[0].Arn };
}

export const rulesOfTemplate = (template) => Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Events::Rule").map(({ Properties }) => ruleOfTemplate(Properties));

/** YAML with the short functions of CloudFormation, in one version of YAML. */
export async function readYaml(tool, text, version) {
  const { parse } = await load(tool, "yaml");
  const customTags = ["!Ref", "!GetAtt"].map((tag) => ({ tag, resolve: (name) => ({ [tag]: name }) }));
  return parse(text, { version, customTags, strict: true, maxAliasCount: 0 });
}

/** The events of a function of SAM, and rules beside it. */
export function rulesOfSam(template) {
  const events = Object.values(template.Resources).flatMap(({ Properties }) => Object.values(Properties.Events ?? {}));
  const ofEvents = events.map(({ Type, Properties }) => ({ name: Type === "EventBridgeRule" ? Properties.RuleName : Type, bus: Properties.EventBusName, pattern: Properties.Pattern, input: inputOf(Properties) }));
  return [...ofEvents, ...rulesOfTemplate(template)];
}

/** The events of the functions, and rules among the resources. */
export function rulesOfServerless(written) {
  const service = withoutEscapes(written);
  const events = Object.values(service.functions).flatMap((each) => each.events ?? []).map(({ eventBridge }) => eventBridge);
  const rules = events.map(({ name, eventBus, pattern, input, inputPath, inputTransformer: transformer }) => ({
    name,
    bus: eventBus,
    pattern,
    input: inputOf({
      Input: input && JSON.stringify(input),
      InputPath: inputPath,
      InputTransformer: transformer && { ...(transformer.inputPathsMap && { InputPathsMap: transformer.inputPathsMap }), InputTemplate: transformer.inputTemplate },
    }),
  }));
  return [...rules, ...rulesOfTemplate(service.resources ?? { Resources: {} })];
}

/** As the framework reads `\${`: a variable that is none. Every other `${` would be one. */
function withoutEscapes(value) {
  if (Array.isArray(value)) return value.map(withoutEscapes);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutEscapes(inner)]));
  if (typeof value !== "string") return value;
  return value.replace(/(\\*)\$\{/g, (found, slashes) => {
    if (slashes.length % 2 === 0) throw new Error(`a variable: ${value}`);
    return `${slashes.slice(0, (slashes.length - 1) / 2)}\${`;
  });
}

/** hcl2json writes `${` and `%{` of a text as Terraform's JSON wants them. */
const plain = (text) => text?.replaceAll("$${", "${").replaceAll("%%{", "%{");

/** A string of Terraform, evaluated as far as our files need it: `chomp` of a heredoc. */
async function evaluated(parse, value) {
  const heredoc = /^\$\{chomp\((<<[^]*\n) *\)\}$/.exec(value ?? "");
  if (!heredoc) return plain(value);
  const { text } = await parse("text.tf", `text = ${heredoc[1]}`);
  return plain(text).replace(/\n+$/, "");
}

export async function rulesOfTerraform(tool, text) {
  const { parse } = await load(tool, "@cdktf/hcl2json");
  const { resource } = await parse("rules.tf", text);
  const rules = Object.entries(resource.aws_cloudwatch_event_rule).map(async ([id, [rule]]) => {
    const [target] = resource.aws_cloudwatch_event_target[id];
    const [transformer] = target.input_transformer ?? [];
    const paths = transformer?.input_paths && Object.fromEntries(Object.entries(transformer.input_paths).map(([name, path]) => [name, plain(path)]));
    return {
      name: rule.name,
      bus: rule.event_bus_name,
      pattern: plain(rule.event_pattern),
      input: inputOf({
        Input: await evaluated(parse, target.input),
        InputPath: plain(target.input_path),
        InputTransformer: transformer && { ...(paths && { InputPathsMap: paths }), InputTemplate: await evaluated(parse, transformer.input_template) },
      }),
      target: [target.rule, target.arn, target.event_bus_name],
    };
  });
  return Promise.all(rules);
}

/** Runs a script with a command `aws` that notes its arguments. */
export async function callsOfShell(folder, shell, script) {
  const bin = join(folder, "bin");
  const log = join(folder, "calls");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "aws"), '#!/bin/sh\nprintf "%s\\0" "$@" >>"$LOG"\nprintf "\\0" >>"$LOG"\n[ "$2" != put-rule ] || echo "arn:of:$4"\n');
  chmodSync(join(bin, "aws"), 0o755);
  writeFileSync(log, "");
  writeFileSync(join(folder, "put.sh"), script);
  const said = await output(shell, [join(folder, "put.sh")], { env: { PATH: `${bin}:${process.env.PATH}`, LOG: log } });
  if (said !== "") throw new Error(`the script printed ${said}`);
  const calls = readFileSync(log, "utf8").split("\0\0").filter(Boolean);
  return calls.map((call) => call.split("\0")).map(([service, command, ...flags]) => ({ command: `${service} ${command}`, ...flagsOf(flags) }));
}

/** As the AWS CLI reads its arguments: what begins with a dash is a flag, never the value of one. */
function flagsOf(words) {
  const flags = {};
  for (let at = 0; at < words.length; at++) {
    const joined = /^--([a-z-]+)=([^]*)$/.exec(words[at]);
    if (joined) flags[joined[1]] = joined[2];
    else if (words[at].startsWith("--") && !words[at + 1]?.startsWith("-")) flags[words[at].slice(2)] = words[++at];
    else throw new Error(`no flag with a value: ${words[at]}`);
  }
  return flags;
}

/** Runs a script of the SDK against a service that notes what it is asked. */
export async function callsOfSdk(folder, script) {
  const calls = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    calls.push({ command: String(request.headers["x-amz-target"]).split(".").at(-1), ...JSON.parse(Buffer.concat(chunks).toString("utf8")) });
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end('{"FailedEntryCount":0}');
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    writeFileSync(join(folder, "put.mjs"), script);
    await output(process.execPath, [join(folder, "put.mjs")], {
      cwd: folder,
      env: { AWS_ENDPOINT_URL: `http://127.0.0.1:${server.address().port}`, AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none", AWS_EC2_METADATA_DISABLED: "true" },
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return calls;
}

/** Checks the types of a stack, and synthesizes it. `folder` is inside of the tool's. */
export async function synthesized(folder, text) {
  const stack = /export class (\w+) extends Stack/.exec(text)[1];
  const settings = { strict: true, noEmit: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext", skipLibCheck: true, noUnusedLocals: true, types: [] };
  writeFileSync(join(folder, "rules-stack.ts"), text);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: settings, files: ["rules-stack.ts"] }));
  await output(process.execPath, [join(www, "node_modules", "typescript", "bin", "tsc"), "-p", folder], { cwd: folder });
  const app = `import { App } from "aws-cdk-lib";\nimport { ${stack} } from "./rules-stack.js";\nconst app = new App({ analyticsReporting: false });\nnew ${stack}(app, "S");\nprocess.stdout.write(JSON.stringify(app.synth().getStackByName("S").template));\n`;
  const { build } = await esbuild();
  await build({ stdin: { contents: app, resolveDir: folder, loader: "ts" }, outfile: join(folder, "app.mjs"), bundle: true, packages: "external", format: "esm", platform: "node", logLevel: "warning" });
  return JSON.parse(await output(process.execPath, [join(folder, "app.mjs")], { cwd: folder, env: { CDK_OUTDIR: join(folder, "out") } }));
}

/** Modules of the CDK for Python that only note what they are given. */
const noted = `
import json, sys, types

resources = []

class Stack:
    def __init__(self, scope, construct_id, **kwargs):
        pass

def construct(kind):
    class Noted:
        def __init__(self, scope, construct_id, **kwargs):
            self.attr_arn = construct_id + ".Arn"
            self.kwargs = kwargs
            resources.append([kind, construct_id, kwargs])
        def add_property_override(self, path, value):
            assert path == "EventPattern"
            self.kwargs["event_pattern"] = value
    return Noted

class CfnRule(construct("rule")):
    TargetProperty = staticmethod(lambda **kwargs: kwargs)
    InputTransformerProperty = staticmethod(lambda **kwargs: kwargs)

def module(name, **members):
    sys.modules[name] = types.SimpleNamespace(**members)

module("aws_cdk", Stack=Stack)
module("aws_cdk.aws_events", CfnRule=CfnRule)
module("aws_cdk.aws_lambda", CfnPermission=construct("permission"))
module("constructs", Construct=object)

names = {}
exec(compile(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1], "exec", dont_inherit=True), names)
next(value for name, value in names.items() if name.endswith("Stack") and value is not Stack)(None, "S")
json.dump(resources, sys.stdout)
`;

/** Runs a stack with Python and notes the rules. */
export async function rulesOfPython(folder, python, text) {
  writeFileSync(join(folder, "noted.py"), noted);
  writeFileSync(join(folder, "rules_stack.py"), text);
  const resources = JSON.parse(await output(python, [join(folder, "noted.py"), join(folder, "rules_stack.py")], { env: { PYTHONIOENCODING: "utf-8" } }));
  const rules = resources.filter(([kind]) => kind === "rule").map(([, , rule]) => rule);
  return rules.map(({ name, event_bus_name, event_pattern, targets: [{ arn, input, input_path, input_transformer }] }) => ({
    name,
    bus: event_bus_name,
    pattern: event_pattern,
    input: inputOf({
      Input: input,
      InputPath: input_path,
      InputTransformer: input_transformer && { ...(input_transformer.input_paths_map && { InputPathsMap: input_transformer.input_paths_map }), InputTemplate: input_transformer.input_template },
    }),
    target: arn,
  }));
}
