/** serverless.yml, whose own variables look like `${…}`. */

import { inputNotes, resourcesOf, withNotes } from "./cloudformation.js";
import { type Exported, type NamedRule, type Order, busOf, named } from "./order.js";
import { Remark, type Tree, type Value, Word, members, obstacle, patternText, readJson, short } from "./value.js";

/** The Serverless Framework refuses a pattern with any other key at its top. */
const ENVELOPE = ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "$or"];
const FUNCTION = "myFunction";
const LOGICAL_FUNCTION = "MyFunctionLambdaFunction";

export function serverless(order: Order): Exported {
  const { rules, notes } = named(order.rules);
  const events: Value[] = [];
  const resources: [string, Value][] = [];
  notes.push(...inputNotes(rules));
  for (const rule of rules) {
    const tree = readJson(rule.pattern);
    const lossy = obstacle(tree) ?? (DOUBLE.test(rule.pattern) ? "the framework would take `$${` for a variable" : undefined);
    const reason = lossy ? `there the pattern must be a map, in which ${lossy}` : refusal(rule, tree);
    if (reason === undefined) {
      events.push(members(["eventBridge", eventOf(rule, tree, busOf(order))]));
    } else {
      resources.push(...resourcesOf(rule, lossy ? withoutVariables(rule.pattern) : tree.value, busOf(order), new Word(`!GetAtt ${LOGICAL_FUNCTION}.Arn`)));
      notes.push(`\`${rule.ruleName}\` is a CloudFormation resource instead of an \`eventBridge\` event, because ${reason}.`);
    }
    if (DOUBLE.test(JSON.stringify(rule.input))) notes.push(`The framework changes the target input of \`${rule.ruleName}\`: `.concat("there is no way to write `$${` in this file."));
  }
  if (busOf(order) && events.length > 0) notes.push(`The Serverless Framework creates the event bus \`${order.bus}\`. If it is there already, give its ARN as \`eventBus\`.`);
  const target = members(["handler", "src/index.handler"], ["events", events.length > 0 ? events : undefined]);
  const service = members(
    ["service", "my-service"],
    ["provider", members(["name", "aws"], ["runtime", "nodejs20.x"])],
    ["functions", members([FUNCTION, new Remark("The target: put your own function here.", target)])],
    ["resources", resources.length > 0 ? members(["Resources", new Map(resources)]) : undefined],
  );
  return withNotes(escapeVariables(service) as Map<string, Value>, notes);
}

/** The framework knows `\${` for `${`, but not where another dollar stands before it. */
const DOUBLE = /\$\\*\$\{/;

/** JSON can tell a dollar by its number: then there is no variable to see. */
const withoutVariables = (pattern: string): string => patternText(pattern).replace(/\$(?=\{)/g, "\\u0024");

/** Why a rule whose pattern can be a map still cannot be an event of the function, if it cannot. */
function refusal(rule: NamedRule, tree: Tree): string | undefined {
  const strange = tree.value instanceof Map ? [...tree.value.keys()].find((key) => !ENVELOPE.includes(key)) : undefined;
  if (strange !== undefined) return `the framework refuses the key ${short(strange)} at the top of a pattern`;
  if (rule.input.Input !== undefined && !isCompactObject(rule.input.Input)) return "there `input` is a map, which the framework writes as compact JSON, and this constant is another text";
  return undefined;
}

/** Would the framework, which writes a map as JSON, write exactly this text? */
function isCompactObject(text: string): boolean {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) && JSON.stringify(value) === text && obstacle(readJson(text)) === undefined;
}

function eventOf(rule: NamedRule, tree: Tree, bus: string | undefined): Value {
  const { Input, InputPath, InputTransformer } = rule.input;
  const paths = Object.entries(InputTransformer?.InputPathsMap ?? {});
  return members(
    ["name", rule.ruleName],
    ["eventBus", bus],
    ["pattern", tree.value],
    ["input", Input === undefined ? undefined : readJson(Input).value],
    ["inputPath", InputPath],
    ["inputTransformer", InputTransformer && members(["inputPathsMap", paths.length > 0 ? new Map(paths) : undefined], ["inputTemplate", InputTransformer.InputTemplate])],
  );
}

/** `\${` stands for `${`; backslashes before it count in pairs. */
function escapeVariables(value: Value): Value {
  if (typeof value === "string") return value.replace(/(\\*)\$\{/g, "$1$1\\${");
  if (value instanceof Remark) return new Remark(value.comment, escapeVariables(value.value));
  if (Array.isArray(value)) return value.map(escapeVariables);
  return value instanceof Map ? new Map([...value].map(([key, inner]) => [key, escapeVariables(inner)])) : value;
}
