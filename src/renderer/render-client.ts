import type { Dispose } from "#base/disposer.ts";
import { Emitter } from "#base/emitter.ts";

import { createEngine } from "./create-engine.ts";
import type { RenderHost } from "./render-host.ts";
import type { EngineChoice, FontSource, RenderCommand, RenderReport } from "./render-message.ts";

export interface RenderClientOptions {
  readonly engine: EngineChoice;
  readonly fonts: readonly FontSource[];
  /** False draws on the page's own thread, as browsers without OffscreenCanvas do. */
  readonly inWorker: boolean;
}

/**
 * The page's end of the renderer. Gives the canvas away to a worker, after which the page owes a frame nothing; where the browser cannot do that, the
 * same host runs on the page.
 */
export class RenderClient {
  readonly #reports = new Emitter<RenderReport>();
  #worker: Worker | undefined;
  #host: RenderHost | undefined;
  #nextCapture = 1;

  constructor(canvas: HTMLCanvasElement, options: RenderClientOptions) {
    const canTransfer = options.inWorker && typeof canvas.transferControlToOffscreen === "function";
    if (canTransfer) this.#startWorker(canvas, options);
    else {
      // Reports must not arrive before anybody can listen.
      queueMicrotask(() => {
        this.#host = createEngine(
          canvas,
          options.engine,
          () => document.createElement("canvas"),
          (report) => this.#reports.emit(report),
        );
        for (const command of this.#waiting.splice(0)) this.#host?.handle(command);
        this.#awaitFonts(options.fonts);
      });
    }
  }

  readonly #waiting: RenderCommand[] = [];

  onReport(listener: (report: RenderReport) => void): Dispose {
    return this.#reports.on(listener);
  }

  /** `transfer`: buffers that the page gives away with the command. */
  send(command: RenderCommand, transfer: readonly ArrayBuffer[] = []): void {
    if (this.#worker !== undefined) this.#worker.postMessage(command, [...transfer]);
    else if (this.#host !== undefined) this.#host.handle(command);
    else this.#waiting.push(command);
  }

  /** The picture as a PNG, undefined where the browser cannot make one. */
  capture(): Promise<Blob | undefined> {
    const id = this.#nextCapture;
    this.#nextCapture += 1;
    return new Promise((resolve) => {
      const stop = this.onReport((report) => {
        if (report.kind !== "captured" || report.id !== id) return;
        stop();
        resolve(report.image);
      });
      this.send({ kind: "capture", id });
    });
  }

  dispose(): void {
    this.send({ kind: "dispose" });
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#host = undefined;
  }

  /** On the page the style sheet brings the typefaces; they are waited for all the same. */
  #awaitFonts(fonts: readonly FontSource[]): void {
    const loads = fonts.map(({ family }) => document.fonts.load(`12px "${family}"`));
    Promise.all(loads).then(
      () => this.#host?.handle({ kind: "fonts" }),
      // The system's typeface stands in for one that does not come.
      () => undefined,
    );
  }

  #startWorker(canvas: HTMLCanvasElement, { engine, fonts }: RenderClientOptions): void {
    const worker = new Worker(new URL("render.worker.ts", import.meta.url), {
      type: "module",
      name: "renderer",
    });
    worker.addEventListener("message", (event: MessageEvent<RenderReport>) => this.#reports.emit(event.data));
    worker.addEventListener("error", (event) =>
      this.#reports.emit({ kind: "failed", message: event.message }),
    );
    const offscreen = canvas.transferControlToOffscreen();
    worker.postMessage({ kind: "start", canvas: offscreen, engine, fonts }, [offscreen]);
    this.#worker = worker;
  }
}
