/** An ARN in the account and region of all samples. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
}
