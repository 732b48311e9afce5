import type { Page } from "@playwright/test";
import axe from "axe-core";

/** Serious and critical findings of axe on what the page shows, each with the elements concerned. Evaluated by the driver, which the page's policy does not concern. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join("\n")}`);
}

declare global {
  interface Window {
    /** There once `axe.source` has been evaluated. */
    readonly axe: typeof axe;
  }
}
