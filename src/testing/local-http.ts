import { createServer, type RequestListener } from "node:http";

export interface LocalHttp {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** An HTTP server on a free port of this machine, for tests of whoever asks. */
export async function localHttp(listener: RequestListener): Promise<LocalHttp> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
