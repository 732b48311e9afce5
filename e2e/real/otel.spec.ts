import { once } from "node:events";
import { createServer } from "node:http";

import { otelSkipped, sendMesh } from "#testing/real-otel.ts";

import { expect, test } from "../fixtures.ts";
import { freePort } from "../free-port.ts";
import { configFile } from "./config-file.ts";

test.skip(otelSkipped !== "", otelSkipped);

interface Told {
  readonly state: string;
  readonly error?: string;
  readonly counts: Readonly<Record<string, number>>;
}

test("the traces of real programs become the picture, once the port is free", async ({
  spillway,
  page,
  serve,
}) => {
  const port = Number(await freePort());
  const other = createServer((_, response) => void response.writeHead(404).end()).listen(port, "127.0.0.1");
  await once(other, "listening");
  const sources = [{ kind: "otlp", port, ttl: "1s", window: "10m" }];
  const config = configFile({ feeds: [{ name: "shop", title: "Shop", sources }] });
  const server = await serve(["--config", config]);
  const told = async (): Promise<Told> => {
    const answer = await fetch(`${server.url}api/feeds/shop/sources`);
    const { sources: all } = (await answer.json()) as { readonly sources: readonly [Told] };
    return all[0];
  };
  await expect.poll(async () => (await told()).state).toBe("failed");
  expect((await told()).error).toContain(`Port ${port} is in use`);

  other.closeAllConnections();
  other.close();
  const url = `http://127.0.0.1:${port}/v1/traces`;
  const headers = { "Content-Type": "application/json" };
  const isThere = () =>
    fetch(url, { method: "POST", headers, body: "{}" }).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(isThere).toBe(200);
  const { spans } = await sendMesh({ url, format: "proto", compression: "gzip", traces: 300 });
  await expect
    .poll(async () => (await told()).counts)
    .toMatchObject({
      "spans received": spans.received,
      "spans paired": spans.paired,
      "spans with one end": spans.virtual,
      "spans internal": spans.internal,
      "spans dropped": 0,
      "spans waiting": 0,
    });
  expect((await told()).state).toBe("ok");

  await spillway.open(server.url);
  await expect(spillway.state).toHaveText(/^Live/);
  for (const region of ["us-east-1", "us-west-2", "eu-west-1"]) {
    await expect(spillway.node(region)).toBeAttached();
  }
  await spillway.doubleClick("us-east-1");
  await spillway.expectPlace("Shop", "us-east-1");
  for (const node of ["web", "cart", "carts", "catalog", "orders", "kafka orders", "mail", "pay.example"]) {
    await expect(spillway.node(node)).toBeAttached();
  }
  await page.keyboard.press("t");
  await expect(page.getByRole("region", { name: "Nodes" }).getByRole("row", { name: /^web/ })).toBeVisible();
});
