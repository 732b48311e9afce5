import { limits } from "#domain/limits.ts";
import type { ObservedService } from "#domain/observed/observation.ts";
import { regionOf, type RegionRule } from "#domain/observed/region-rule.ts";
import type { Attributes } from "#formats/otlp/trace-request.ts";

import { valueOf } from "./attribute-names.ts";

/** Which attribute tells two services of one name apart: `service.namespace`, `k8s.namespace.name`, or none. */
export type NamespaceFrom = "service" | "k8s" | "none";

export interface ServiceRules {
  readonly regions: RegionRule;
  readonly namespaceFrom: NamespaceFrom;
}

/** The service whose spans these are; undefined where the resource does not name one. */
export function serviceOf(resource: Attributes, rules: ServiceRules): ObservedService | undefined {
  const name = valueOf(resource, "service")?.slice(0, limits.nameLength);
  if (name === undefined) return undefined;
  const namespace = namespaceOf(resource, rules.namespaceFrom)?.slice(0, limits.nameLength);
  const region = regionOfResource(resource, rules.regions)?.slice(0, limits.nameLength);
  return { kind: "service", region, name, ...(namespace === undefined ? {} : { namespace }) };
}

function namespaceOf(resource: Attributes, from: NamespaceFrom): string | undefined {
  if (from === "none") return undefined;
  return valueOf(resource, from === "service" ? "serviceNamespace" : "k8sNamespace");
}

/** cloud.region, else what the cluster leads to, else what the zone leads to, else the rule's fallback. */
function regionOfResource(resource: Attributes, rule: RegionRule): string | undefined {
  const zone = valueOf(resource, "zone");
  return regionOf(
    {
      region: valueOf(resource, "region"),
      cluster: valueOf(resource, "cluster"),
      external: zone === undefined ? undefined : (rule.clusters.get(zone) ?? regionOfZone(zone)),
    },
    rule,
  );
}

/** "us-east-1a" (AWS) is in us-east-1, "europe-west1-b" (Google) in europe-west1; "2" (Azure) says nothing. */
function regionOfZone(zone: string): string | undefined {
  return /^([a-z]+-.*\d)-?[a-z]$/.exec(zone)?.[1];
}
