import { expect, test } from "./fixtures.ts";

test("draws the demo: the internet, three regions, dots between them", async ({ spillway, demo }) => {
  await spillway.open(demo.url);
  for (const name of ["INTERNET", "us-east-1", "us-west-2", "eu-west-1"]) {
    await expect(spillway.node(name)).toHaveCount(1);
  }
  await expect(spillway.twin).toHaveAttribute("aria-label", "Global, 3 regions, 9 edges");
  await expect(spillway.state).toHaveText(/Liveas of \d+ s ago/);
  await expect.poll(() => spillway.dots()).toBeGreaterThan(1_000);
  await expect(spillway.legend).toContainText("1 dot = 100 requests");
  await expect(spillway.page).toHaveTitle("Spillway");
});

test("changes the numbers each second", async ({ spillway, demo }) => {
  await spillway.open(`${demo.url}?node=us-east-1`);
  const seen = new Set<string>();
  await expect
    .poll(async () => seen.add(await spillway.details.innerText()).size, { intervals: [200] })
    .toBeGreaterThanOrEqual(3);
});

test("puts the keyboard nowhere: no field shines, and every key is a command", async ({
  spillway,
  page,
  demo,
}) => {
  await spillway.open(demo.url);
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});

test("notices what breaks the content security policy, here and on the server", async ({
  spillway,
  page,
  demo,
}) => {
  await spillway.open(demo.url);
  const reports = async (): Promise<number> => {
    const metrics = await (await page.request.get(new URL("metrics", demo.url).href)).text();
    return Number(/^spillway_csp_reports_total (\d+)/m.exec(metrics)?.[1] ?? 0);
  };
  const before = await reports();
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.isBroken = true";
    document.body.append(script);
  });
  await expect.poll(() => spillway.complaints.length).toBeGreaterThan(0);
  expect(spillway.complaints.splice(0).join()).toContain("Content Security Policy");
  expect(await page.evaluate(() => "isBroken" in window)).toBe(false);
  await expect.poll(reports).toBeGreaterThan(before);
});
