import { writeVizceral } from "#formats/vizceral/write-vizceral.ts";
import { snapshotBody } from "#protocol/snapshot-message.ts";

import type { Actions } from "./app.ts";
import type { AppCore } from "./app-core.ts";
import { fill, texts } from "./texts.ts";

type ExportActions = Pick<Actions, "exportPicture" | "exportSnapshot" | "copyLink">;

/** `search` is the query of the address of what is on screen now: the one in the bar may be some moments old. */
export function exportActions(core: AppCore, toast: Actions["toast"], search: () => string): ExportActions {
  const { store } = core;

  /** "spillway-us-east-1-20261123T120000Z.png": where, and the moment of the data; "spillway-simulated-..." when it was not measured. */
  function fileName(extension: string): string {
    const { view, feed } = store.getState();
    const at = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: "UTC" })
      .format(feed.current?.at ?? core.clock.now())
      .replaceAll(/[-:]/g, "")
      .replace(" ", "T");
    const place = view.focus.map((name) => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_")).join("-");
    const mark = feed.current?.simulated === undefined ? [] : ["simulated"];
    return ["spillway", ...mark, ...(place === "" ? [] : [place]), `${at}Z`].join("-") + extension;
  }

  function save(name: string, content: Blob | string): void {
    core.ports?.download(name, content);
    toast({ kind: "info", text: fill(texts.exported, { name }) });
  }

  return {
    exportPicture: async () => {
      const image = await core.ports?.capturePicture();
      if (image === undefined) toast({ kind: "error", text: texts.exportFailed });
      else save(fileName(".png"), image);
    },
    exportSnapshot: (format) => {
      const { current } = store.getState().feed;
      if (current === undefined) return;
      if (format === "vizceral")
        save(fileName(".vizceral.json"), JSON.stringify(writeVizceral(current), undefined, 2));
      else save(fileName(".json"), snapshotBody(current));
    },
    copyLink: async () => {
      const { ports } = core;
      if (ports === undefined) return;
      try {
        const address = new URL(ports.address());
        address.search = search();
        await ports.copyText(address.href);
        toast({ kind: "info", text: texts.copied });
      } catch {
        toast({ kind: "warning", text: texts.copyFailed });
      }
    },
  };
}
