import { once } from "node:events";
import { createServer } from "node:http";

/** A system that is asked for JSON, as long as it is well. */
export interface JsonServer {
  readonly url: string;
  /** By path; a path that is gone is answered with 503. */
  readonly documents: Map<string, () => unknown>;
  stop(): Promise<void>;
}

export async function startJsonServer(): Promise<JsonServer> {
  const documents = new Map<string, () => unknown>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://127.0.0.1");
    const write = documents.get(pathname);
    response.writeHead(write === undefined ? 503 : 200, { "content-type": "application/json" });
    response.end(write === undefined ? "out of order" : JSON.stringify(write()));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("There is no address.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    documents,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** "a > b": requests per second from app to app, each written "cluster/app", as Kiali tells it; "users" are outside. */
export function kialiGraph(at: number, edges: Readonly<Record<string, number>>): object {
  const ids = new Set(Object.keys(edges).flatMap((ends) => ends.split(" > ")));
  const nodes = [...ids].map((id) => {
    const [cluster = "", app = ""] = id.split("/");
    const isUsers = app === "users";
    const data = { id, cluster, nodeType: isUsers ? "unknown" : "app", isRoot: isUsers };
    return {
      data: { ...data, namespace: isUsers ? "unknown" : "shop", app: isUsers ? "unknown" : app },
    };
  });
  const lines = Object.entries(edges).map(([ends, rate]) => {
    const [source, target] = ends.split(" > ");
    const traffic = { protocol: "http", rates: { http: rate.toFixed(2) } };
    return { data: { id: ends, source, target, traffic } };
  });
  return {
    timestamp: Math.floor(at / 1000),
    duration: 60,
    graphType: "app",
    elements: { nodes, edges: lines },
  };
}
