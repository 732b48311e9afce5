import { expect, it } from "vitest";

import { serviceOf, type NamespaceFrom } from "./service-of.ts";

const regions = { clusters: new Map([["prod-use1", "us-east-1"]]), fallback: undefined };

function service(attributes: Readonly<Record<string, string>>, namespaceFrom: NamespaceFrom = "service") {
  const resource = new Map(Object.entries({ "service.name": "cart", ...attributes }));
  return serviceOf(resource, { regions, namespaceFrom });
}

it.each([
  [{ "cloud.region": "eu-west-1", "k8s.cluster.name": "prod-use1" }, "eu-west-1"],
  [{ "k8s.cluster.name": "prod-use1", "cloud.availability_zone": "eu-west-1b" }, "us-east-1"],
  [{ "k8s.cluster.name": "other", "cloud.availability_zone": "eu-west-1b" }, "eu-west-1"],
  [{ "cloud.availability_zone": "europe-west1-c" }, "europe-west1"],
  [{ "cloud.availability_zone": "prod-use1" }, "us-east-1"],
  [{ "cloud.availability_zone": "2" }, undefined],
  [{}, undefined],
])("of %j is in the region %s", (attributes, region) => {
  expect(service(attributes)?.region).toBe(region);
});

it("is told apart by the namespace that the settings name", () => {
  const both = { "service.namespace": "shop", "k8s.namespace.name": "prod" };
  expect([service(both)?.namespace, service(both, "k8s")?.namespace]).toEqual(["shop", "prod"]);
  expect(service(both, "none")).toEqual({ kind: "service", region: undefined, name: "cart" });
});

it("is nobody's without a name", () => {
  expect(service({ "service.name": "" })).toBeUndefined();
});
