import { createEngine } from "./create-engine.ts";
import type { RenderHost } from "./render-host.ts";
import type { RenderCommand, RenderReport, RenderStart } from "./render-message.ts";

declare const self: DedicatedWorkerGlobalScope;

/** Plumbing: the first message brings the canvas, every further one is a command. */
let host: RenderHost | undefined;

function report(message: RenderReport): void {
  self.postMessage(message);
}

self.addEventListener("message", (event: MessageEvent<RenderStart | RenderCommand>) => {
  const message = event.data;
  if (message.kind !== "start") {
    host?.handle(message);
    return;
  }
  host = createEngine(message.canvas, message.engine, () => new OffscreenCanvas(1, 1), report);
  for (const { family, url, weight } of message.fonts) {
    const face = new FontFace(family, `url(${url})`, { weight });
    face.load().then(
      (loaded) => {
        self.fonts.add(loaded);
        host?.handle({ kind: "fonts" });
      },
      // The system's typeface stands in for one that does not come.
      () => undefined,
    );
  }
});
