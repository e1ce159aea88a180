/**
 * Events of AWS services, of a partner and of one's own application. The shapes are those that the manuals of the services describe; the values
 * are made up, with the accounts and addresses that are kept for documentation. Loaded only when somebody looks for a sample.
 */

import { COMPUTE } from "./compute.js";
import { DATA } from "./data.js";
import { DELIVERY } from "./delivery.js";
import { SECURITY } from "./security.js";
import { OWN } from "./own.js";

/** What one event differs from another in. */
export interface SampleRow {
  service: string;
  /** Without `aws.`, unless it is not of AWS. */
  source: string;
  type: string;
  /** What tells it from others of its type. */
  about?: string;
  resources?: string[];
  detail: unknown;
}

export interface Sample {
  service: string;
  /** Name of the event, once it is added. */
  name: string;
  source: string;
  type: string;
  text: string;
}

export const SAMPLES: Sample[] = [...DATA, ...COMPUTE, ...DELIVERY, ...SECURITY, ...OWN].map(sample).sort((a, b) => Number(isOwn(a)) - Number(isOwn(b)) || a.service.localeCompare(b.service, "en"));

function isOwn({ source }: Sample): boolean {
  return !source.startsWith("aws.");
}

function sample({ service, source, type, about, resources = [], detail }: SampleRow): Sample {
  const sender = source.includes(".") ? source : `aws.${source}`;
  const envelope = {
    version: "0",
    id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": type,
    source: sender,
    account: "111122223333",
    time: "2026-03-14T09:26:53Z",
    region: "eu-central-1",
    resources,
    detail,
  };
  return { service, name: about ? `${type}: ${about}` : type, source: sender, type, text: JSON.stringify(envelope, null, 2) };
}

/** The samples in which every word of the query stands: in the service, the source, the type or the event itself. */
export function search(query: string): Sample[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const inNames = SAMPLES.filter((each) => words.every((word) => `${each.service} ${each.source} ${each.name}`.toLowerCase().includes(word)));
  return inNames.length > 0 ? inNames : SAMPLES.filter((each) => words.every((word) => `${each.service} ${each.text}`.toLowerCase().includes(word)));
}
