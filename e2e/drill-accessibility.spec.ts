import { seriousFindings } from "./axe.ts";
import { expect, test } from "./drill-fixtures.ts";
import { evacuationLink } from "./pages/drill-page.ts";

const screens = [
  { title: "on a desk", use: { viewport: { width: 1280, height: 800 } } },
  { title: "on a phone", use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
] as const;

for (const { title, use } of screens) {
  test.describe(title, () => {
    test.use(use);
    // axe looks at every element of three screens.
    test.describe.configure({ timeout: 180_000 });

    test("has no serious finding while a failover is planned, while it runs, and at its result", async ({
      drill,
      page,
      demo,
    }) => {
      await drill.open(`${demo.url}?scenario=evacuate-us-east-1`);
      await expect(drill.prediction).toContainText(/survive it/);
      expect.soft(await seriousFindings(page), "planning").toEqual([]);
      await drill.openRun(await evacuationLink(page, demo.url, 270), "+4:30");
      await expect(drill.panel.locator("canvas").first()).toBeAttached();
      expect.soft(await seriousFindings(page), "running").toEqual([]);
      await drill.openRun(`${await evacuationLink(page, demo.url, 490)}&theme=light`, "+8:10");
      await expect(drill.result).toBeAttached();
      expect.soft(await seriousFindings(page), "the result, in light").toEqual([]);
    });
  });
}
