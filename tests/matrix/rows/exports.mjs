// The exports of the page through the tools that are too large for the everyday tests; tests/exports has the others.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exe } from "../../../www/tasks/places.mjs";
import { run } from "../../../www/tasks/run.mjs";
import { isFresh, setStamp } from "../../../www/tasks/stamp.mjs";
import { cases } from "../../exports/cases.mjs";
import { rulesOfTemplate } from "../../exports/readers.mjs";
import { finish, finishScript } from "../hear.mjs";
import { commandOf, environment, NotRun } from "../place.mjs";
import { pythonTools } from "../versions.mjs";

/** These load the package, which is not built yet when the commands that know the rows are started. */
const exportTests = () => import("../../exports/exports.mjs");

/** Packs a service that has all rules. The framework has no way to write `$${` in a template, and says so beside the export. */
async function serverless({ folder, tool }) {
  const { assertSame, orderOf, write } = await exportTests();
  const some = cases.filter(({ name }) => name !== "two dollars");
  writeFileSync(join(folder, "serverless.yml"), await write("serverless", orderOf(some)));
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src", "index.js"), "exports.handler = async () => {};\n");
  await finishScript(commandOf(tool, "serverless"), ["package"], folder, { SLS_INTERACTIVE_SETUP_ENABLE: "0", SLS_TELEMETRY_DISABLED: "1", SLS_NOTIFICATIONS_MODE: "off" });
  const template = JSON.parse(readFileSync(join(folder, ".serverless", "cloudformation-template-update-stack.json"), "utf8"));
  assertSame(rulesOfTemplate(template), some);
  return { note: `${some.length} rules` };
}

/** The Python of an environment that has some packages; it is there from an earlier run, or is made now. */
async function pythonWith(tool, name) {
  const wanted = Object.entries(pythonTools[name]).map((pair) => pair.join("=="));
  const folder = join(dirname(tool), `python-${name}`);
  const stamp = join(folder, ".installed");
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (isFresh(stamp, wanted.join("\n"))) return python;
  const quietly = { env: environment(), quiet: true };
  try {
    await run("python3", ["-m", "venv", "--clear", folder], quietly);
    await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...wanted], quietly);
  } catch (error) {
    throw new NotRun(`Python cannot install ${wanted[0]}`, { cause: error });
  }
  setStamp(stamp, wanted.join("\n"));
  return python;
}

const transform = `
import json, os
os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

class NoPolicies:
    def load(self):
        return {}

template = yaml_parse(open("sam.yaml", encoding="utf-8").read())
template["Resources"]["MyFunction"]["Properties"]["CodeUri"] = "s3://bucket/key"
json.dump(transform(template, {}, NoPolicies()), open("sam.json", "w"))
`;

/** AWS's own translator makes CloudFormation of SAM; cfn-lint, which knows the schemas of AWS, finds nothing in either. */
async function sam({ folder, tool }) {
  const { assertSame, orderOf, write } = await exportTests();
  const python = await pythonWith(tool, "sam");
  writeFileSync(join(folder, "transform.py"), transform);
  writeFileSync(join(folder, "sam.yaml"), await write("sam", orderOf(cases)));
  writeFileSync(join(folder, "template.yaml"), await write("cfn", orderOf(cases)));
  await finish(python, ["transform.py"], folder);
  assertSame(rulesOfTemplate(JSON.parse(readFileSync(join(folder, "sam.json"), "utf8"))), cases);
  // E1029 takes a literal `${AWS::Region}` for a forgotten Fn::Sub.
  await finish(join(dirname(python), `cfn-lint${exe}`), ["--ignore-checks", "E1029", "--", "template.yaml", "sam.yaml"], folder);
  return { note: `${cases.length} rules` };
}

const synth = `
import json
import aws_cdk
from rules_stack import RulesStack

app = aws_cdk.App(outdir="out", analytics_reporting=False)
RulesStack(app, "S")
json.dump(app.synth().get_stack_by_name("S").template, open("template.json", "w"))
`;

async function cdkPython({ folder, tool }) {
  const { assertSame, orderOf, write } = await exportTests();
  const python = await pythonWith(tool, "cdk");
  writeFileSync(join(folder, "synth.py"), synth);
  writeFileSync(join(folder, "rules_stack.py"), await write("cdk-py", orderOf(cases)));
  await finish(python, ["synth.py"], folder);
  assertSame(rulesOfTemplate(JSON.parse(readFileSync(join(folder, "template.json"), "utf8"))), cases);
  return { note: `${cases.length} rules` };
}

const versionOf = (name) => Object.values(pythonTools[name])[0];

export const exportRows = [
  { name: "export serverless.yml", slow: true, tool: "serverless", files: {}, run: serverless },
  { name: "export SAM", slow: true, tool: "exports", version: versionOf("sam"), files: {}, run: sam },
  { name: "export CDK Python", slow: true, tool: "exports", version: versionOf("cdk"), files: {}, run: cdkPython },
];
