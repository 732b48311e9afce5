import { expect, it } from "vitest";

import { classify } from "./classify.ts";

it.each([
  ["100", "normal"],
  ["200", "normal"],
  ["304", "normal"],
  ["404", "warning"],
  ["429", "warning"],
  ["503", "danger"],
  ["5xx", "danger"],
  ["4", "warning"],
  ["0", "danger"],
  ["", "normal"],
  ["unknown", "normal"],
])("HTTP %s is %s", (http, expected) => {
  expect(classify({ http })).toBe(expected);
});

it.each([
  ["0", "normal"],
  ["OK", "normal"],
  ["14", "danger"],
  ["UNAVAILABLE", "danger"],
  ["17", "normal"],
  ["", "normal"],
])("gRPC %s is %s", (grpc, expected) => {
  expect(classify({ grpc })).toBe(expected);
});

it("believes gRPC where HTTP says that all is well, and HTTP where it does not", () => {
  expect(classify({ http: "200", grpc: "13" })).toBe("danger");
  expect(classify({ http: "503", grpc: "0" })).toBe("danger");
});

it("takes the source's word where there is no code", () => {
  expect(classify({ isFailure: true })).toBe("danger");
  expect(classify({ http: "200", isFailure: true })).toBe("normal");
});

it("counts as configured what counts otherwise, the code before its hundred", () => {
  const rules = { http: { "404": "normal", "4xx": "danger" }, grpc: { "5": "warning" } } as const;
  expect([classify({ http: "404" }, rules), classify({ http: "400" }, rules)]).toEqual(["normal", "danger"]);
  expect(classify({ grpc: "NOT_FOUND" }, rules)).toBe("warning");
});
