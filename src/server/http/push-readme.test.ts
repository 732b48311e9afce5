import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";

import { startTestServer } from "#testing/test-server.ts";

import { packageRoot } from "../package-root.ts";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

describe.skipIf(!hasCurl)("the README (skipped where there is no curl)", () => {
  it("shows pushes that work as they are written", async () => {
    const readme = readFileSync(join(packageRoot(), "README.md"), "utf8");
    const [, source = ""] = /serve --open --source (push:\S+)/.exec(readme) ?? [];
    const [, script = ""] = /```sh\n(curl [^`]*)```/.exec(readme) ?? [];
    const server = await startTestServer([`--source=${source}`, "--interval=1h"], {}, { sources: undefined });
    try {
      const here = script.replaceAll("127.0.0.1:4870", `127.0.0.1:${server.port}`);
      const { stdout } = await promisify(execFile)("bash", ["-ec", here]);
      const answers = stdout.split(/(?<=\})(?=\{)/).map((text): unknown => JSON.parse(text));
      expect(answers).toMatchObject([
        { frame: { feed: "shop", seq: 1 }, diagnostics: [] },
        { frame: { feed: "shop", seq: 2 }, diagnostics: [] },
      ]);
      expect(await server.metric('spillway_source_edges{feed="shop",source="push"}')).toBe(2);
    } finally {
      await server.stop();
    }
  });
});
