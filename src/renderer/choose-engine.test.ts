import { describe, expect, it } from "vitest";

import { chooseEngine } from "./choose-engine.ts";

/** A canvas on a machine whose WebGL calls itself so; undefined: it has none. */
function canvasOf(name: string | undefined, knowsName = true) {
  const told = { lost: 0, asked: 0 };
  const gl = {
    RENDERER: 1,
    getExtension: (extension: string) => {
      if (extension === "WEBGL_lose_context") return { loseContext: () => void (told.lost += 1) };
      return knowsName ? { UNMASKED_RENDERER_WEBGL: 2 } : null;
    },
    getParameter: (key: number) => (key === (knowsName ? 2 : 1) ? name : undefined),
  };
  const canvas: unknown = {
    getContext: (kind: string) => {
      told.asked += 1;
      return kind === "webgl2" && name !== undefined ? gl : null;
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the part of a canvas that is looked at
  return { told, create: () => canvas as HTMLCanvasElement };
}

const chosen = (name: string | undefined) => chooseEngine("auto", canvasOf(name).create);

describe("the engine that draws", () => {
  it.each([
    "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)",
    "ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)",
    "Mesa Intel(R) UHD Graphics 620 (KBL GT2)",
    "Mali-G78",
  ])("is WebGL2 on a graphics card: %s", (name) => {
    expect(chosen(name)).toEqual({ engine: "webgl2", why: name });
  });

  it.each([
    "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
    "Google SwiftShader",
    "llvmpipe (LLVM 15.0.7, 256 bits)",
    "softpipe",
    "ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)",
  ])("is the software engine where WebGL is software, and says so: %s", (name) => {
    expect(chosen(name)).toEqual({ engine: "software", why: `WebGL2 runs on the processor (${name})` });
  });

  it("is the software engine where there is no WebGL2", () => {
    expect(chosen(undefined)).toEqual({ engine: "software", why: "no WebGL2" });
  });

  it("is WebGL2 where the browser hides the name of the card but not that it has one", () => {
    expect(chooseEngine("auto", canvasOf("Mozilla", false).create)).toEqual({
      engine: "webgl2",
      why: "Mozilla",
    });
  });

  it("is the one that was asked for, without trying", () => {
    for (const engine of ["webgl2", "software"] as const) {
      const { told, create } = canvasOf("llvmpipe");
      expect(chooseEngine(engine, create)).toEqual({ engine, why: "asked for" });
      expect(told.asked).toBe(0);
    }
  });

  it("gives back the context that it tried with: browsers have few", () => {
    const { told, create } = canvasOf("Mali-G78");
    chooseEngine("auto", create);
    expect(told.lost).toBe(1);
  });
});
