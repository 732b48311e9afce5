import { expect, test } from "./fixtures.ts";
import { freePort } from "./free-port.ts";

test("says how old the data are after the server was killed, comes back by itself, and says what it missed", async ({
  spillway,
  page,
  serve,
}) => {
  const flags = ["--seed", "7", "--port", await freePort()];
  const first = await serve(flags);
  await spillway.open(`${first.url}?in=us-east-1&node=profiles`);
  await first.stop("SIGKILL");

  await expect(spillway.state).toHaveText(/^Reconnectingas of \d+ s ago$/);
  await expect(page.getByText(/^No connection for \d+ (m?s)\. .+ Trying again by itself\.$/)).toBeVisible();
  await expect(spillway.details).toContainText(/No data for \d+ s: these are the last numbers\./);
  await expect(spillway.state).toHaveText(/as of [3-9] s ago/);
  // What was drawn stays in sight, and in place.
  await spillway.expectPlace("Global", "us-east-1");

  const second = await serve(flags);
  expect(second.url).toBe(first.url);
  await expect(spillway.state).toHaveText(/^Liveas of [0-2] s ago$/, { timeout: 30_000 });
  await expect(spillway.toast(/^Connected again/)).toBeVisible();
  await spillway.expectPlace("Global", "us-east-1");
  await expect(spillway.details).toContainText("profiles");
  await spillway.state.click();
  await expect(page.getByRole("dialog", { name: "Where the numbers come from" })).toContainText("Not seen");
});

test("says so when a server that lives sends nothing more", async ({ spillway, page, still }) => {
  await spillway.open(still.url);
  await expect(spillway.state).toHaveText(/^Staleas of \d+ (s|min) ago$/);
  await expect(
    page.getByText(/^No data for \d+ (s|min)\. The picture shows the last that came\.$/),
  ).toBeVisible();
});

test("waits in sight while the page has come and the feed has not", async ({ page, demo }) => {
  await page.route(/socket\.io/, (route) => route.abort());
  await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
  await page.goto(demo.url);
  await expect(page.getByRole("heading", { name: "Connecting to the server" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Connecting|Reconnecting)/ })).toBeVisible();
});
