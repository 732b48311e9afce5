import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

/** Contrast as WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = linearOf(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linearOf(hex: string): readonly number[] {
  return channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
}

function channels(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/** A translucent colour as it looks on another one. */
function over(hex: string, ground: string): string {
  const alpha = hex.length > 7 ? parseInt(hex.slice(7, 9), 16) / 255 : 1;
  const below = channels(ground);
  const mixed = channels(hex).map((value, i) => Math.round(value * alpha + (below[i] ?? 0) * (1 - alpha)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

function block(selector: string): Readonly<Record<string, string>> {
  const start = css.indexOf(`${selector} {`);
  expect(start).toBeGreaterThan(-1);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6,8});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

const dark = block(':root[data-theme="dark"]');
const light = block(':root[data-theme="light"]');
const themes = [
  { name: "dark", tokens: dark, text: 4.5 },
  { name: "light", tokens: light, text: 4.5 },
  {
    name: "dark, high contrast",
    tokens: { ...dark, ...block(':root[data-contrast="high"]') },
    text: 7,
  },
  {
    name: "light, high contrast",
    tokens: {
      ...light,
      ...block(':root[data-contrast="high"]'),
      ...block(':root[data-theme="light"][data-contrast="high"]'),
    },
    text: 7,
  },
];

/** How the three kinds of colour blindness see, after Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB; and everybody else. */
const eyes = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

type Triple = readonly [number, number, number];

function seen(hex: string, eye: keyof typeof eyes): Triple {
  const linear = linearOf(hex);
  const [r, g, b] = eyes[eye].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce<number>((sum, share, i) => sum + share * (linear[i] ?? 0), 0),
      ),
    ),
  );
  return [r ?? 0, g ?? 0, b ?? 0];
}

/** Distance in OKLab (Ottosson 2020), where 1 is that of black and white; what differs by 0.1 is another colour to anybody. */
function distance(a: Triple, b: Triple): number {
  const [p, q] = [oklab(a), oklab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

describe.each(themes)("the theme $name", ({ tokens, text }) => {
  const token = (name: string): string => {
    const value = tokens[name];
    expect(value).toBeDefined();
    return value ?? "";
  };
  const grounds = ["ground", "panel", "raised"];

  it.each(["text", "text-soft", "text-dim", "accent-text", "warning-text", "danger-text", "ok"])(
    "can be read: --%s",
    (name) => {
      for (const ground of grounds) {
        expect(contrast(token(name), token(ground)), `on --${ground}`).toBeGreaterThanOrEqual(text);
        const filled = over(token("fill"), token(ground));
        expect(contrast(token(name), filled), `on --fill on --${ground}`).toBeGreaterThanOrEqual(text);
      }
    },
  );

  it.each([
    ["warning-text", "warning-fill"],
    ["danger-text", "danger-fill"],
    ["accent-text", "accent-fill"],
    ["ok", "ok-fill"],
  ])("can be read on its own fill: --%s", (name, fill) => {
    for (const ground of grounds) {
      expect(contrast(token(name), over(token(fill), token(ground)))).toBeGreaterThanOrEqual(text);
    }
  });

  it("can be read on what marks a drill", () => {
    expect(contrast(token("on-sim"), token("sim"))).toBeGreaterThanOrEqual(4.5);
    const striped = over(token("sim-stripe"), token("sim-ground"));
    for (const name of ["text", "text-soft", "sim-text"]) {
      expect(contrast(token(name), striped), `--${name}`).toBeGreaterThanOrEqual(text);
    }
    expect(contrast(token("sim-text"), token("panel"))).toBeGreaterThanOrEqual(text);
    expect(contrast(token("sim"), token("picture-ground"))).toBeGreaterThanOrEqual(3);
  });

  it("can be read on a filled button", () => {
    expect(contrast(token("on-accent"), token("accent-solid"))).toBeGreaterThanOrEqual(text);
  });

  it.each(["control-line", "focus", "accent", "warning", "danger", "info"])("can be seen: --%s", (name) => {
    for (const ground of grounds) expect(contrast(token(name), token(ground))).toBeGreaterThanOrEqual(3);
  });

  it.each(["picture-text", "picture-text-dim"])("can be read in the picture: --%s", (name) => {
    for (const ground of ["picture-ground", "picture-disc"]) {
      expect(contrast(token(name), token(ground))).toBeGreaterThanOrEqual(text);
    }
  });

  it.each([
    ...["lane", "icon", "accent", "focus", "normal", "warning", "danger", "info", "simulated"].map(
      (n) => `picture-${n}`,
    ),
    ...[1, 2, 3, 4, 5, 6].map((n) => `picture-extra-${n}`),
  ])("can be seen in the picture: --%s", (name) => {
    expect(contrast(token(name), token("picture-ground"))).toBeGreaterThanOrEqual(3);
  });

  const changes = ["change-new", "change-gone", "change-hotter", "change-colder"];

  it.each(changes)("can be seen in the picture and beside words: --%s", (name) => {
    for (const ground of ["picture-ground", ...grounds]) {
      expect(contrast(token(name), token(ground)), `on --${ground}`).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(["usual", "protanopia", "deuteranopia", "tritanopia"] as const)(
    "tells the kinds of change apart by colour: %s",
    (eye) => {
      const colors = changes.map((name) => seen(token(name), eye));
      for (const [i, a] of colors.entries()) {
        for (const b of colors.slice(i + 1)) expect(distance(a, b)).toBeGreaterThan(0.1);
      }
    },
  );
});
