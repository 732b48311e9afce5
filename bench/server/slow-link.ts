import { connect, createServer, type Socket } from "node:net";

/** A line to a port of this machine that carries so many bytes a second towards its user, and whose buffers hold whatever is sent too fast. */
export async function slowLink(
  targetPort: number,
  bytesPerSecond: number,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(targetPort, "127.0.0.1");
    sockets.add(near).add(far);
    near.pipe(far);
    trickle(far, near, bytesPerSecond);
    near.on("error", () => far.destroy()).on("close", () => far.destroy());
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const sliceMs = 20;

function trickle(from: Socket, to: Socket, bytesPerSecond: number): void {
  const slice = Math.round((bytesPerSecond * sliceMs) / 1000);
  from.pause();
  const timer = setInterval(() => {
    const chunk: unknown = from.read(Math.min(slice, Math.max(1, from.readableLength)));
    if (chunk instanceof Buffer) to.write(chunk);
  }, sliceMs);
  from.on("readable", () => {});
  from.on("close", () => clearInterval(timer));
}
