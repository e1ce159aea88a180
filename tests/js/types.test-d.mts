// What TypeScript users see. Compiled, never run: each `@ts-expect-error` is a test.
import {
  type Diagnostic,
  EventError,
  type EventInput,
  EventPattern,
  type Explanation,
  type ExplanationNode,
  init,
  type LineResult,
  lintEvent,
  lintPattern,
  lintTargetInput,
  PatternError,
  type PatternInput,
  RuleSet,
  TargetInput,
  type TargetInputSettings,
  testEventPattern,
  TransformError,
  type TransformExplanation,
  UndeliverableError,
} from "eventbridge-rules";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_yes: Same<A, B>): void {}

interface S3Event {
  source: string;
  detail: { object: { key: string; size: number } };
}
declare const lambdaEvent: S3Event;

const pattern = new EventPattern({ source: ["aws.s3"] });
same<boolean, ReturnType<typeof pattern.matches>>(true);
same<Explanation, ReturnType<typeof pattern.explain>>(true);
pattern.matches("{}");
pattern.matches(new Uint8Array(2));
pattern.matches(lambdaEvent);
// @ts-expect-error a number is no event
pattern.matches(1);
// @ts-expect-error undefined is no event
pattern.matches(undefined);
// @ts-expect-error a pattern is required
new EventPattern();

const node: ExplanationNode = pattern.explain("{}").root;
same<"and" | "or" | "field" | "test", typeof node.kind>(true);

same<{ Result: boolean }, ReturnType<typeof testEventPattern>>(true);
// @ts-expect-error both are required
testEventPattern({ EventPattern: "{}" });

new RuleSet();
new RuleSet({ uploads: { source: ["aws.s3"] }, text: "{}" });
new RuleSet([["uploads", { source: ["aws.s3"] }]]);
new RuleSet(new Map([["uploads", "{}"]]));
const rules = new RuleSet().set("a", "{}").set("b", {});
same<string[], ReturnType<typeof rules.match>>(true);
same<number, typeof rules.size>(true);
// @ts-expect-error size is read-only
rules.size = 1;
for (const result of rules.matchLines("")) {
  same<LineResult, typeof result>(true);
  if (result.error) same<readonly Diagnostic[], readonly (typeof result.error.diagnostics)[number][]>(true);
  else same<string[], typeof result.matches>(true);
}

const settings: TargetInputSettings = { InputTransformer: { InputPathsMap: { a: "$.a" }, InputTemplate: "<a>" } };
const target = new TargetInput(settings);
same<string, ReturnType<typeof target.apply>>(true);
same<TransformExplanation, ReturnType<typeof target.explain>>(true);
target.apply({}, { ruleName: "r", ruleArn: "arn", ingestionTime: new Date() });
target.apply({}, { ingestionTime: "2026-01-01T00:00:00Z" });
// @ts-expect-error AWS's names are AWS's
new TargetInput({ inputPath: "$.detail" });
// @ts-expect-error a template is required
new TargetInput({ InputTransformer: {} });

same<Diagnostic[], ReturnType<typeof lintPattern>>(true);
same<Diagnostic[], ReturnType<typeof lintTargetInput>>(true);
same<Diagnostic[], ReturnType<typeof lintEvent>>(true);
same<Promise<void>, ReturnType<typeof init>>(true);
same<string | Uint8Array | object, EventInput>(true);
same<string | object, PatternInput>(true);

for (const Kind of [PatternError, EventError, TransformError, UndeliverableError]) {
  const error: Error & { readonly diagnostics: Diagnostic[] } = new Kind("message");
  same<Diagnostic[], typeof error.diagnostics>(true);
}
const lost = new UndeliverableError("message");
const output: string | undefined = lost.output;

{
  using scoped = new EventPattern("{}");
  using scopedRules = new RuleSet();
  using scopedTarget = new TargetInput({});
}
