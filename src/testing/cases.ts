import process from "node:process";

/** Set by `npm test`, and so in CI: the large laws are tried with every case that they ask for. */
const isThorough = process.env["TEST_CASES"] === "all";

/**
 * How many cases to try a law with. All of them in `npm test` and in CI; elsewhere (`npm run verify`, one file by hand) a tenth, but at least 100, so that
 * the quick tests stay quick. `TEST_CASES=all` asks for all of them anywhere.
 */
export function cases(all: number): number {
  return isThorough ? all : Math.min(all, Math.max(100, Math.ceil(all / 10)));
}
