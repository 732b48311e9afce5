import { Writable } from "node:stream";

import { expect, it } from "vitest";

import { createLogger } from "./logging.ts";

function logged(format: "text" | "json") {
  const lines: string[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString("utf8"));
      done();
    },
  });
  return { logger: createLogger({ level: "info", format }, out), lines };
}

it("is a plain sentence for people", () => {
  const { logger, lines } = logged("text");
  logger.info({ url: "x" }, "Spillway is at x");
  logger.warn({ err: new Error("no route") }, "The source failed");
  logger.debug("nobody asked");
  expect(lines).toEqual(["Spillway is at x\n", "Warning: The source failed: no route\n"]);
});

it("never shows a secret", () => {
  const { logger, lines } = logged("json");
  const secret = "Bearer hunter2";
  logger.info(
    { req: { headers: { authorization: secret, cookie: secret } }, token: secret, auth: { token: secret } },
    "x",
  );
  expect(lines.join("")).not.toContain("hunter2");
});
