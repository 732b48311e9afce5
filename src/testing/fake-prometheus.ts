import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";

export interface FakeAsk {
  readonly path: string;
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FakePrometheus {
  readonly url: string;
  readonly asks: readonly FakeAsk[];
  stop(): Promise<void>;
}

/** A server on this machine that answers as a test wants it to; "silence" never answers. */
export async function fakePrometheus(
  answer: (ask: FakeAsk) => FakeAnswer | "silence",
): Promise<FakePrometheus> {
  const asks: FakeAsk[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (piece: Buffer) => void (text += piece.toString()));
    request.on("end", () => {
      const ask = { path: request.url ?? "", form: new URLSearchParams(text), headers: request.headers };
      asks.push(ask);
      const given = answer(ask);
      if (given === "silence") return;
      response.writeHead(given.status ?? 200, { "content-type": "application/json", ...given.headers });
      response.end(given.body);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens nowhere");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asks,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export type FakeSeries = readonly [labels: Readonly<Record<string, string>>, value: string];

/** The answer of Prometheus' API to an instant query. */
export function vector(series: readonly FakeSeries[], more: object = {}): FakeAnswer {
  const result = series.map(([metric, value]) => ({ metric, value: [1_700_000_000.123, value] }));
  return { body: JSON.stringify({ status: "success", data: { resultType: "vector", result }, ...more }) };
}
