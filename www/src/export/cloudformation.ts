/** CloudFormation and SAM templates, in YAML. */

import { ABOUT_PERMISSION, type Exported, type NamedRule, type Order, REPLACE_ARN, TARGET_ARN, TARGET_ID, busOf, comments, named } from "./order.js";
import { RESOLVED, Remark, type Tree, type Value, Word, members, obstacle, patternText, readJson } from "./value.js";
import { toYaml } from "./yaml.js";

export const textNote = (rule: NamedRule, reason: string): string => `The pattern of \`${rule.ruleName}\` is written as JSON text, because in a map ${reason}.`;

/** What CloudFormation changes in a target input, whoever writes the template. */
export function inputNotes(rules: NamedRule[]): string[] {
  const touched = rules.filter(({ input }) => JSON.stringify(input).includes(RESOLVED));
  return touched.map(({ ruleName }) => `CloudFormation puts something else in the place of \`${RESOLVED}\` in the target input of \`${ruleName}\`.`);
}

/** The settings of a target that say what it receives. */
function inputProperties({ input }: NamedRule): [string, Value | undefined][] {
  const transformer = input.InputTransformer;
  const paths = Object.entries(transformer?.InputPathsMap ?? {});
  return [
    ["Input", input.Input],
    ["InputPath", input.InputPath],
    ["InputTransformer", transformer && members(["InputPathsMap", paths.length > 0 ? new Map(paths) : undefined], ["InputTemplate", transformer.InputTemplate])],
  ];
}

/** A rule and the permission to call its target, as resources. The pattern is a map or JSON text: CloudFormation takes both. */
export function resourcesOf(rule: NamedRule, pattern: Value, bus: string | undefined, targetArn: Word): [string, Value][] {
  const target = members(["Id", TARGET_ID], ["Arn", targetArn], ...inputProperties(rule));
  const properties = members(["Name", rule.ruleName], ["EventBusName", bus], ["EventPattern", pattern], ["Targets", [target]]);
  const permission = members(["Action", "lambda:InvokeFunction"], ["FunctionName", targetArn], ["Principal", "events.amazonaws.com"], ["SourceArn", new Word(`!GetAtt ${rule.pascal}Rule.Arn`)]);
  return [
    [`${rule.pascal}Rule`, resource("AWS::Events::Rule", properties)],
    [`${rule.pascal}Permission`, new Remark(ABOUT_PERMISSION, resource("AWS::Lambda::Permission", permission))],
  ];
}

const resource = (type: string, properties: Map<string, Value>): Value => members(["Type", type], ["Properties", properties]);
const VERSION = "2010-09-09";

export function cloudFormation(order: Order): Exported {
  const { rules, notes } = named(order.rules);
  notes.push(...inputNotes(rules));
  const resources = rules.flatMap((rule) => {
    const tree = readJson(rule.pattern);
    const reason = obstacle(tree);
    if (reason) notes.push(textNote(rule, reason));
    return resourcesOf(rule, reason ? patternText(rule.pattern) : tree.value, busOf(order), new Word("!Ref TargetArn"));
  });
  const template = members(
    ["AWSTemplateFormatVersion", VERSION],
    ["Parameters", members(["TargetArn", new Remark(REPLACE_ARN, members(["Type", "String"], ["Default", TARGET_ARN]))])],
    ["Resources", new Map(resources)],
  );
  return withNotes(template, notes);
}

const FUNCTION = "MyFunction";

export function sam(order: Order): Exported {
  const { rules, notes } = named(order.rules);
  const events = new Map<string, Value>();
  const others: [string, Value][] = [];
  notes.push(...inputNotes(rules));
  for (const rule of rules) {
    const tree = readJson(rule.pattern);
    const reason = obstacle(tree);
    if (reason === undefined) {
      events.set(rule.pascal, samEvent(rule, tree, busOf(order)));
      continue;
    }
    others.push(...resourcesOf(rule, patternText(rule.pattern), busOf(order), new Word(`!GetAtt ${FUNCTION}.Arn`)));
    notes.push(`\`${rule.ruleName}\` is a rule of its own instead of an event of the function: there the pattern can be JSON text. In a map ${reason}.`);
  }
  if (rules.some((rule) => rule.input.InputTransformer && events.has(rule.pascal))) notes.push("Old versions of the SAM CLI do not know `InputTransformer` here; the format CloudFormation goes without it.");
  const properties = members(["CodeUri", "src/"], ["Handler", "index.handler"], ["Runtime", "nodejs22.x"], ["Events", events.size > 0 ? events : undefined]);
  const template = members(
    ["AWSTemplateFormatVersion", VERSION],
    ["Transform", "AWS::Serverless-2016-10-31"],
    ["Resources", new Map([[FUNCTION, new Remark("The target: put your own function here.", resource("AWS::Serverless::Function", properties))], ...others])],
  );
  return withNotes(template, notes);
}

function samEvent(rule: NamedRule, tree: Tree, bus: string | undefined): Value {
  const properties = members(["RuleName", rule.ruleName], ["EventBusName", bus], ["Pattern", tree.value], ["Target", members(["Id", TARGET_ID])], ...inputProperties(rule));
  return members(["Type", "EventBridgeRule"], ["Properties", properties]);
}

export function withNotes(template: Map<string, Value>, notes: string[]): Exported {
  return { text: comments("#", notes) + toYaml(template), notes };
}
