import { useLayoutEffect, useMemo, useRef, type RefObject } from "react";
import { flushSync } from "react-dom";

import type { Clock } from "#base/time.ts";
import type { App, Ports } from "#store/app.ts";

import type { AppServices, CapturePicture } from "../app-context.ts";
import { selectShownDrill } from "../simulated/shown-drill.ts";
import { RecentChoices } from "../command-palette/recent-choices.ts";

/** Marks the text fields that commands put the keyboard into. */
export const fieldMarks = { find: "data-find-field", filter: "data-filter-field" } as const;

/** Long enough for any browser to have begun the download. */
const keepUrlMs = 60_000;

/** Lends the commands what only the browser can do, and makes what every component can reach. */
export function useLentPorts(app: App, clock: Clock, root: RefObject<HTMLElement | null>): AppServices {
  const capture = useRef<CapturePicture | undefined>(undefined);

  useLayoutEffect(() => {
    const focusField = (mark: string): void => {
      // The command may just have opened the field.
      flushSync(() => undefined);
      const field = root.current?.querySelector<HTMLInputElement>(`[${mark}]`);
      field?.focus();
      field?.select();
    };
    const ports: Ports = {
      focusFind: () => focusField(fieldMarks.find),
      focusFilter: () => focusField(fieldMarks.filter),
      capturePicture: () => captureMarked(app, capture.current),
      download: (fileName, content) => {
        const blob =
          typeof content === "string" ? new Blob([content], { type: "application/json" }) : content;
        const url = URL.createObjectURL(blob);
        const link = document.createElement("a");
        link.href = url;
        link.download = fileName;
        link.click();
        clock.after(keepUrlMs, () => URL.revokeObjectURL(url));
      },
      chooseFiles,
      copyText: (text) => navigator.clipboard.writeText(text),
      toggleFullscreen: () => void toggleFullscreen(),
      address: () => window.location.href,
    };
    app.actions.lendPorts(ports);
  }, [app, clock, root]);

  return useMemo(
    () => ({
      app,
      clock,
      recentChoices: new RecentChoices(),
      registerCapture: (own) => {
        capture.current = own;
        return () => {
          if (capture.current === own) capture.current = undefined;
        };
      },
    }),
    [app, clock],
  );
}

/** What recordings are called. */
const recordingTypes = ".gz,.ndjson,.json,.jsonl";

/** The browser's own dialog. Where it is left without a choice, some browsers say nothing: then nobody waits for anything. */
function chooseFiles(): Promise<readonly File[]> {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = recordingTypes;
  input.multiple = true;
  input.hidden = true;
  // In the page: browsers forget the dialog of an element that nobody holds.
  document.querySelector("[data-file-field]")?.remove();
  input.dataset["fileField"] = "";
  document.body.append(input);
  return new Promise((settle) => {
    input.addEventListener("change", () => {
      settle([...(input.files ?? [])]);
      input.remove();
    });
    input.addEventListener("cancel", () => {
      settle([]);
      input.remove();
    });
    input.click();
  });
}

/** The picture as it is shown; marked where it shows a drill. */
async function captureMarked(app: App, capture: CapturePicture | undefined): Promise<Blob | undefined> {
  // Asked before the picture is taken: a drill that stops meanwhile may still be in it.
  const drill = selectShownDrill(app.store.getState());
  const picture = await capture?.();
  if (drill === undefined || picture === undefined) return picture;
  const { markPicture } = await import("../simulated/mark-picture.ts");
  return markPicture(picture, drill);
}

/** Browsers refuse full screen in some frames; then nothing happens, which is seen. */
async function toggleFullscreen(): Promise<void> {
  try {
    await (document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen());
  } catch {
    return;
  }
}
