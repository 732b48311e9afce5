import { defineConfig } from "oxlint";

/**
 * The layer table of ARCHITECTURE.md, section 2: who may import whom, and which packages. The TypeScript projects enforce which
 * globals a layer sees; this enforces the imports. A layer that is not listed here may import nothing.
 */
const layers = {
  base: { layers: [], packages: [] },
  domain: { layers: ["base"], packages: [] },
  formats: { layers: ["base", "domain"], packages: [] },
  protocol: { layers: ["base", "domain"], packages: ["zod"] },
  simulation: { layers: ["base", "domain"], packages: [] },
  layout: { layers: ["base", "domain"], packages: ["d3-force"] },
  scene: { layers: ["base", "domain", "layout"], packages: [] },
  players: {
    layers: ["base", "domain", "formats", "protocol", "simulation"],
    packages: ["socket.io-client"],
  },
  renderer: { layers: ["base", "domain", "scene"], packages: [] },
  store: {
    layers: ["base", "domain", "formats", "protocol", "simulation", "layout", "scene", "players"],
    packages: ["zustand"],
  },
  views: {
    // Of simulation the views use types and tables only.
    layers: ["base", "domain", "simulation", "scene", "renderer", "store"],
    packages: [
      "react",
      "react-dom",
      "zustand",
      "@base-ui/react",
      "lucide-react",
      "@fontsource-variable/inter",
      "uplot",
    ],
  },
  app: {
    layers: [
      "base",
      "domain",
      "formats",
      "protocol",
      "simulation",
      "layout",
      "scene",
      "players",
      "renderer",
      "store",
      "views",
    ],
    packages: ["react", "react-dom"],
  },
  server: {
    layers: ["base", "domain", "formats", "protocol", "simulation"],
    packages: [
      "node:*",
      "fastify",
      "@fastify/static",
      "@fastify/helmet",
      "socket.io",
      "libsql",
      "yaml",
      "pino",
      "prom-client",
      "zod",
    ],
  },
  cli: {
    layers: ["base", "domain", "formats", "protocol", "simulation", "server"],
    packages: ["node:*", "yaml"],
  },
};

const everyLayer = [...Object.keys(layers), "testing"];
const everyPackage = [...new Set(Object.values(layers).flatMap((layer) => layer.packages))];

const layerRules = Object.entries(layers).map(([name, allowed]) => ({
  files: [`src/${name}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: [
              ...everyLayer
                .filter((other) => other !== name && !allowed.layers.includes(other))
                .map((other) => `#${other}/**`),
              ...everyPackage
                .filter((other) => !allowed.packages.includes(other))
                .flatMap((other) => [other, `${other}/**`]),
            ],
            message: `${name} may import: ${[...allowed.layers, ...allowed.packages].join(", ") || "nothing but itself"} (ARCHITECTURE.md, layers).`,
          },
          {
            group: everyLayer
              .filter((other) => other !== name)
              .flatMap((other) => [`../${other}/**`, `../../${other}/**`, `../../../${other}/**`]),
            message: "'../' never leaves a layer: write '#layer/file.ts'.",
          },
        ],
      },
    ],
  },
}));

/** Time and chance are inputs (docs/decisions/0001). */
const noClock = {
  "no-restricted-globals": [
    "error",
    ...["Date", "setTimeout", "setInterval", "performance"].map((name) => ({
      name,
      message: "Take a Clock (base/time.ts).",
    })),
    { name: "requestAnimationFrame", message: "Only renderer/frame-loop.ts asks for frames." },
  ],
  "no-restricted-properties": [
    "error",
    { object: "Math", property: "random", message: "Take a Random (base/random.ts)." },
  ],
};

/** What engines may round differently. Exact, and so allowed: sqrt, abs, floor, ceil, round, trunc, sign, min, max, imul, clz32, fround. */
const inexactMath =
  "exp expm1 log log1p log2 log10 pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh cbrt hypot".split(
    " ",
  );

const exactMath = {
  "no-restricted-properties": [
    "error",
    ...noClock["no-restricted-properties"].slice(1),
    ...inexactMath.map((property) => ({
      object: "Math",
      property,
      message: "Engines round it differently: take it from base/exact-math.ts.",
    })),
  ],
};

export default defineConfig({
  plugins: ["typescript", "react", "import", "unicorn", "oxc", "jsx-a11y", "promise", "vitest"],
  options: { typeAware: true },
  ignorePatterns: ["dist/**", ".tsbuild/**", "mock-data/**", "test-results/**"],
  categories: { correctness: "error", suspicious: "error" },
  rules: {
    "react/react-in-jsx-scope": "off",
    "react/rules-of-hooks": "error",
    "react/exhaustive-deps": "error",
    "import/no-cycle": "error",
    "oxc/no-barrel-file": ["error", { threshold: 0 }],
    "import/no-unassigned-import": ["error", { allow: ["**/*.css", "@fontsource-variable/inter"] }],
    "max-lines": ["error", { max: 400 }],
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-unsafe-assignment": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/only-throw-error": "error",
    "typescript/consistent-type-imports": "error",
    "no-console": "error",
    eqeqeq: "error",
    // `fc` is how fast-check's own documentation imports it.
    "import/no-named-as-default-member": "off",
    // The compiler knows that a switch over a tagged union is exhaustive.
    "typescript/consistent-return": "off",
    // For windows; workers have no origin to name.
    "unicorn/require-post-message-target-origin": "off",
    "promise/always-return": "off",
  },
  overrides: [
    ...layerRules,
    {
      files: ["src/{base,domain,formats,protocol,simulation,layout,scene,players,store,renderer,views}/**"],
      rules: noClock,
    },
    { files: ["src/simulation/**", "src/base/exact-math.ts"], rules: exactMath },
    {
      files: ["src/renderer/frame-loop.ts", "src/**/*.worker.ts"],
      rules: { "no-restricted-globals": "off" },
    },
    {
      files: ["**/*.test.ts", "**/*.test.tsx", "**/*.gpu-test.ts", "src/testing/**", "e2e/**", "bench/**"],
      rules: {
        "no-restricted-imports": "off",
        "no-restricted-globals": "off",
        "no-restricted-properties": "off",
        "typescript/no-non-null-assertion": "off",
        // Laws hold for everything in a loop; what they look at may depend on it.
        "vitest/no-conditional-expect": "off",
        "unicorn/consistent-function-scoping": "off",
      },
    },
    { files: ["bench/**", "scripts/**", "bin/**", "src/cli/**"], rules: { "no-console": "off" } },
    {
      // What a page or a server hands back has the type that bench and test give it there.
      files: ["bench/**", "e2e/**"],
      rules: { "typescript/no-unsafe-type-assertion": "off" },
    },
    // Playwright's fixtures call a function named `use`, which is no hook.
    { files: ["e2e/**"], rules: { "react/rules-of-hooks": "off" } },
    {
      // Columns: `!` after an index into a typed array costs nothing, where a checked accessor costs a call per number.
      files: ["src/{domain,protocol,simulation,layout,scene,renderer}/**"],
      rules: { "typescript/no-non-null-assertion": "off" },
    },
    { files: ["**/*.mjs", "bin/**"], rules: { "typescript/no-unsafe-assignment": "off" } },
  ],
});
