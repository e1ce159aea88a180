/** All formats, in the order of the list. */

import { cdkPython, cdkTypeScript } from "./cdk.js";
import { cloudFormation, sam } from "./cloudformation.js";
import { awsCli, sdk } from "./commands.js";
import type { Exported, Order } from "./order.js";
import { serverless } from "./serverless.js";
import { terraform } from "./terraform.js";
import { vitest } from "./vitest.js";

export interface Format {
  id: string;
  label: string;
  /** The name of the file, usual for the format. */
  file: string;
  /** Does it name the event bus? */
  onBus: boolean;
  write(order: Order): Exported;
}

export const FORMATS: readonly Format[] = [
  { id: "cdk-ts", label: "CDK, TypeScript", file: "rules-stack.ts", onBus: true, write: cdkTypeScript },
  { id: "cdk-py", label: "CDK, Python", file: "rules_stack.py", onBus: true, write: cdkPython },
  { id: "cfn", label: "CloudFormation", file: "template.yaml", onBus: true, write: cloudFormation },
  { id: "sam", label: "SAM", file: "template.yaml", onBus: true, write: sam },
  { id: "terraform", label: "Terraform", file: "rules.tf", onBus: true, write: terraform },
  { id: "serverless", label: "Serverless", file: "serverless.yml", onBus: true, write: serverless },
  { id: "cli", label: "AWS CLI", file: "put-rules.sh", onBus: true, write: awsCli },
  { id: "sdk", label: "AWS SDK v3", file: "put-rules.mjs", onBus: true, write: sdk },
  { id: "vitest", label: "Vitest", file: "rules.test.mjs", onBus: false, write: vitest },
];
