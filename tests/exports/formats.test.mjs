// Every format, read again by a real parser or program of that format, is the rule that was exported.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { lintPattern, lintTargetInput } from "../../pkg/index.mjs";
import { pkg } from "../../www/tasks/places.mjs";
import { ask } from "../../www/tasks/run.mjs";
import { commandOf, emptyFolder, freshFolder, installTarball, NotRun, packInto, removeFolder, toolFolder } from "../matrix/place.mjs";
import { cases } from "./cases.mjs";
import { assertSame, orderOf, pageModule, ruleOf, write } from "./exports.mjs";
import { callsOfSdk, callsOfShell, output, readYaml, rulesOfPython, rulesOfSam, rulesOfServerless, rulesOfTemplate, rulesOfTerraform, synthesized } from "./readers.mjs";

let placeholder;
const folders = [];
before(async () => void ({ TARGET_ARN: placeholder } = await pageModule("export/order.ts")));
after(() => folders.forEach(removeFolder));

/** A tool of the registry. Where it cannot be had, the test is left out; with `STRICT` it fails. */
async function toolOf(t, name) {
  try {
    return await toolFolder(name);
  } catch (error) {
    if (!(error instanceof NotRun) || process.env.STRICT) throw error;
    t.skip(error.message);
    return undefined;
  }
}

function folderIn(tool, files = {}) {
  const folder = freshFolder(files, tool);
  folders.push(folder);
  return folder;
}

test("the cases are rules that EventBridge takes", () => {
  for (const { name, pattern, input } of cases) {
    const errors = [...lintPattern(pattern), ...lintTargetInput(input)].filter(({ severity }) => severity === "error");
    assert.deepEqual(errors.map(({ message }) => message), [], name);
  }
});

describe("YAML", () => {
  test("holds nothing that a reader of YAML 1.1 takes for the end of a line, or refuses", async () => {
    const refused = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u2028\u2029\ufeff]/gu;
    for (const id of ["cfn", "sam", "serverless"]) assert.deepEqual((await write(id, orderOf(cases, "my-bus"))).match(refused), null, id);
  });

  for (const version of ["1.1", "1.2"]) {
    test(`CloudFormation, read as YAML ${version}`, async (t) => {
      const tool = await toolOf(t, "exports");
      if (!tool) return;
      for (const each of cases) assertSame(rulesOfTemplate(await readYaml(tool, await write("cfn", orderOf([each])), version)), [each]);
      const template = await readYaml(tool, await write("cfn", orderOf(cases, "my-bus")), version);
      assertSame(rulesOfTemplate(template), cases, "my-bus");
      assert.equal(template.Parameters.TargetArn.Default, placeholder);
      assert.ok(rulesOfTemplate(template).every(({ target }) => target["!Ref"] === "TargetArn"));
      assert.ok(!JSON.stringify(template).includes("{{resolve:"), "CloudFormation finds nothing to replace");
      assert.deepEqual(Object.keys(template), ["AWSTemplateFormatVersion", "Parameters", "Resources"]);
      assert.deepEqual(rulesOfTemplate(template).map(({ pattern }) => typeof pattern === "string"), cases.map(({ text = false }) => text));
      for (const id of Object.keys(template.Resources)) assert.match(id, /^[A-Za-z0-9]{1,255}$/);
    });

    test(`SAM, read as YAML ${version}`, async (t) => {
      const tool = await toolOf(t, "exports");
      if (!tool) return;
      for (const each of cases) assertSame(rulesOfSam(await readYaml(tool, await write("sam", orderOf([each])), version)), [each]);
      const template = await readYaml(tool, await write("sam", orderOf(cases, "my-bus")), version);
      assertSame(rulesOfSam(template), cases, "my-bus");
      assert.equal(Object.keys(template.Resources.MyFunction.Properties.Events).length, cases.length - rulesOfTemplate(template).length);
    });
  }
});

test("Serverless, as YAML; the framework itself reads it in a row of the matrix", async (t) => {
  const tool = await toolOf(t, "exports");
  if (!tool) return;
  const service = await readYaml(tool, await write("serverless", orderOf(cases, "my-bus")), "1.2");
  assertSame(rulesOfServerless(service), cases.filter(({ name }) => name !== "two dollars"), "my-bus", { others: true });
});

test("Terraform", async (t) => {
  const tool = await toolOf(t, "exports");
  if (!tool) return;
  for (const each of cases.filter(({ name }) => name !== "accents apart")) assertSame(await rulesOfTerraform(tool, await write("terraform", orderOf([each]))), [each]);
  const rules = await rulesOfTerraform(tool, await write("terraform", orderOf(cases, "my-bus")));
  assertSame(rules, cases, "my-bus");
  for (const { target } of rules) assert.match(target.join(" "), /^\$\{aws_cloudwatch_event_rule\.(\w+)\.name\} \$\{var\.target_arn\} \$\{aws_cloudwatch_event_rule\.\1\.event_bus_name\}$/);
});

test("CDK in TypeScript: compiles strictly and synthesizes", async (t) => {
  const tool = await toolOf(t, "exports");
  if (!tool) return;
  const template = await synthesized(folderIn(tool), await write("cdk-ts", orderOf(cases, "my-bus")));
  assertSame(rulesOfTemplate(template), cases, "my-bus");
  const permissions = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Lambda::Permission");
  assert.equal(permissions.length, cases.length);
  for (const { Properties } of permissions) assert.equal(template.Resources[Properties.SourceArn["Fn::GetAtt"][0]].Type, "AWS::Events::Rule");
  assertSame(rulesOfTemplate(await synthesized(folderIn(tool), await write("cdk-ts", orderOf([cases[0]])))), [cases[0]]);
});

const python = ["python3", "python"].find((program) => ask(program, ["-c", "import sys; print(sys.version_info >= (3, 8))"]) === "True");

test("CDK in Python: Python gives the CDK the same", { skip: !python && "there is no Python" }, async () => {
  const folder = folderIn();
  assertSame(await rulesOfPython(folder, python, await write("cdk-py", orderOf(cases, "my-bus"))), cases, "my-bus");
  assertSame(await rulesOfPython(folder, python, await write("cdk-py", orderOf([cases[0]]))), [cases[0]]);
});

const shells = ["sh", "bash", "zsh"].filter((shell) => ask(shell, ["-c", "echo yes"]) === "yes");

test("AWS CLI: the shell hands it over", { skip: shells.length === 0 && "there is no shell" }, async () => {
  for (const shell of shells) {
    for (const bus of ["default", "my-bus"]) {
      const calls = await callsOfShell(folderIn(), shell, await write("cli", orderOf(cases, bus)));
      const by = (command) => calls.filter((call) => call.command === command);
      const rules = by("events put-rule").map((call, index) => {
        const put = by("events put-targets")[index];
        assert.equal(put.rule, call.name);
        assert.equal(put["event-bus-name"], call["event-bus-name"]);
        const [{ Id, Arn, ...input }] = JSON.parse(put.targets);
        assert.deepEqual([Id, Arn], ["target", placeholder]);
        assert.match(by("lambda add-permission")[index]["source-arn"], /^arn:of:/);
        return { name: call.name, bus: call["event-bus-name"], pattern: call["event-pattern"], input };
      });
      assertSame(rules, cases, bus === "default" ? undefined : bus);
    }
  }
});

test("AWS SDK: the real client sends it", async (t) => {
  const tool = await toolOf(t, "exports");
  if (!tool) return;
  const calls = await callsOfSdk(folderIn(tool), await write("sdk", orderOf(cases, "my-bus")));
  const targets = calls.filter(({ command }) => command === "PutTargets");
  const rules = calls.filter(({ command }) => command === "PutRule").map((call, index) => {
    const { Rule, EventBusName, Targets: [{ Id, Arn, ...input }] } = targets[index];
    assert.deepEqual([Rule, EventBusName, Id, Arn], [call.Name, call.EventBusName, "target", placeholder]);
    return { name: call.Name, bus: call.EventBusName, pattern: call.EventPattern, input };
  });
  assertSame(rules, cases, "my-bus");
});

describe("Vitest", () => {
  /** Runs a test file with the packed package; returns its results by the names of the tests. */
  async function results(t, text) {
    const tool = await toolOf(t, "vitest");
    if (!tool) return undefined;
    const folder = folderIn(tool, { "rules.test.mjs": text });
    await installTarball(folder, await packInto(folderIn(), pkg));
    const report = join(folder, "report.json");
    // It fails when a test fails, which is not for here.
    await output(process.execPath, [commandOf(tool, "vitest"), "run", "--root", folder, "--reporter=json", `--outputFile=${report}`], { cwd: folder }).catch(() => {});
    return JSON.parse(readFileSync(report, "utf8")).testResults.flatMap(({ assertionResults }) => assertionResults).map(({ ancestorTitles, title, status, failureMessages }) => ({ rule: ancestorTitles.join(), title, status, message: failureMessages.join("\n") }));
  }

  test("passes for every rule, and fails where an expectation or a payload is missed", async (t) => {
    const order = orderOf(cases);
    const missed = ruleOf({ ...cases[0], name: "missed" });
    missed.cases = [{ ...missed.cases[0], expected: "match" }];
    const changed = ruleOf({ name: "changed", pattern: '{"source": ["aws.s3"]}', input: { Input: '"x"' } });
    changed.cases = [{ ...changed.cases[0], delivered: '"y"' }];
    // Three events of one name, of which the second does not match.
    const alike = ruleOf({ name: "alike", pattern: '{"source": ["aws.s3"]}', input: {} });
    alike.cases = ["aws.s3", "aws.ec2", "aws.s3"].map((source) => ({ event: { name: "__proto__", text: JSON.stringify({ source }) }, said: true, expected: source === "aws.s3" ? "match" : "no-match" }));
    const found = await results(t, await write("vitest", { ...order, rules: [...order.rules, missed, changed, alike] }));
    if (!found) return;
    const failed = found.filter(({ status }) => status !== "passed");
    assert.deepEqual(failed.map(({ rule }) => rule), ["missed", "changed"], JSON.stringify(failed));
    assert.match(failed[0].message, /no match: /, "the failure says which condition failed");
    assert.equal(found.length, cases.length + 5);
  });
});
