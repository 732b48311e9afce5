import { describe, expect, it } from "vitest";
import * as z from "zod";

import { httpKeys, httpSettings, httpUrl } from "./http-settings.ts";

const schema = z.strictObject({ url: httpUrl, ...httpKeys });

describe("how a system that is asked over HTTP is written in the config file", () => {
  it("needs an address only", () => {
    const read = schema.parse({ url: "http://127.0.0.1:9090/graph" });
    expect(read.url.href).toBe("http://127.0.0.1:9090/graph");
    expect(httpSettings(read)).toEqual({
      headers: {},
      basic: undefined,
      bearer: undefined,
      bearerFile: undefined,
      caFile: undefined,
      isUnverified: false,
      timeoutMs: 10_000,
      greatestBytes: 32 * 2 ** 20,
    });
  });

  it.each([
    ["an address of another kind", { url: "ftp://host/" }, "write an address such as"],
    ["a password in the address", { url: "http://me:secret@host/" }, "write them under basic:"],
    ["a header that would be two", { url: "http://host/", headers: { a: "1\r\nb: 2" } }, "no line breaks"],
    [
      "two passwords",
      { url: "http://host/", basic: { user: "a", password: "b", passwordFile: "c" } },
      "either",
    ],
    ["an unknown key", { url: "http://host/", timeOut: "1s" }, "timeOut"],
  ])("refuses %s", (_, written, why) => {
    expect(JSON.stringify(schema.safeParse(written).error?.issues)).toContain(why);
  });
});
