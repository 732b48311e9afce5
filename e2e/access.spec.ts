import { expect, test } from "./fixtures.ts";
import { freePort } from "./free-port.ts";

test("asks for a token, says when it is wrong, and lets in with the right one", async ({
  spillway,
  page,
  serve,
}) => {
  const server = await serve(["--seed", "7"], { SPILLWAY_TOKENS: "viewer:let-me-see-the-traffic" });
  await page.goto(server.url);
  const dialog = page.getByRole("dialog", { name: "A token is needed" });
  await expect(dialog.getByLabel("Token")).toBeFocused();
  await dialog.getByLabel("Token").fill("let-me-in");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("Token").fill("let-me-see-the-traffic");
  await dialog.getByLabel("Token").press("Enter");
  await expect(dialog).toHaveCount(0);
  await spillway.whenDrawn();
  await spillway.state.click();
  await expect(page.getByRole("dialog", { name: "Where the numbers come from" })).toContainText("viewer");
  expect((await page.request.get(new URL("metrics", server.url).href)).status()).toBe(401);
});

test("works below a base path", async ({ spillway, page, serve }) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/some/base/`;
  await serve(["--seed", "7", "--port", port, "--public-url", url, "--insecure-no-auth"]);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await spillway.open(`${url}?in=us-east-1`);
  await spillway.expectPlace("Global", "us-east-1");
  await expect(spillway.state).toHaveText(/^Live/);
  expect(asked.filter((path) => !path.startsWith("/some/base/"))).toEqual([]);
});
