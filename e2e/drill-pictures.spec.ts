import { expect, test } from "./drill-fixtures.ts";
import { evacuationLink } from "./pages/drill-page.ts";

/*
 * The evacuation at fixed simulated moments, by links at which the drill stands still. Compared with those in __screenshots__, which
 * `npm run e2e -- --update-snapshots` makes anew. The timeline is of the feed, which goes on below.
 */

const moments = [
  { name: "before", seconds: -10, clock: "−0:10", stage: "Before the failure" },
  { name: "proxying", seconds: 270, clock: "+4:30", stage: "Traffic is passed on" },
  { name: "dns", seconds: 330, clock: "+5:30", stage: "DNS points away" },
  { name: "evacuated", seconds: 490, clock: "+8:10", stage: "Evacuated" },
] as const;

const looks = [
  ...moments.map((moment) => ({ ...moment, theme: "dark" })),
  { ...moments[1], theme: "light" },
] as const;

for (const { name, seconds, clock, stage, theme } of looks) {
  test(`shows the same picture at the same simulated moment: ${name}, ${theme}`, async ({
    drill,
    page,
    demo,
  }) => {
    await drill.openRun(`${await evacuationLink(page, demo.url, seconds)}&fps=10&theme=${theme}`, clock);
    await expect(drill.banner).toContainText(stage);
    await expect(drill.panel.locator("canvas").first()).toBeVisible();
    await expect(page).toHaveScreenshot(`drill-${name}-${theme}.png`, {
      mask: [page.getByRole("region", { name: "Timeline" })],
      maskColor: "#808080",
      maxDiffPixelRatio: 0.005,
      timeout: 30_000,
    });
  });
}
