import { err, ok, type Result } from "#base/result.ts";

import { saidIn, type HttpOptions } from "../http-json.ts";
import type { ClipCutter, CutAsk } from "./clip-cutter.ts";
import { counting } from "./counting.ts";

const unreachable = "The server cannot be reached.";
const broken = "The server broke off. Try a shorter stretch.";

/** The server of the page cuts: a stream, counted as it comes. */
export function httpCutter({ base, fetch }: HttpOptions): ClipCutter {
  let token: string | undefined;

  async function ask(wanted: CutAsk, signal: AbortSignal): Promise<Result<Response, string>> {
    const headers: HeadersInit = token === undefined ? {} : { authorization: `Bearer ${token}` };
    try {
      const response = await fetch(new URL(pathOf(wanted), base), { headers, signal });
      if (response.ok) return ok(response);
      return err(saidIn(jsonOf(await response.text())) ?? `The server answered ${response.status}.`);
    } catch {
      return err(unreachable);
    }
  }

  return {
    async cut(wanted, came, signal) {
      const response = await ask(wanted, signal);
      if (!response.ok) return response;
      const { body } = response.value;
      if (body === null) return err(broken);
      try {
        // The browser gathers: what is large, it keeps on the disk.
        const whole = await new Response(body.pipeThrough(counting(came))).blob();
        return ok(new Blob([whole], { type: "application/gzip" }));
      } catch {
        return err(broken);
      }
    },
    authorize: (next) => {
      token = next;
    },
  };
}

function pathOf({ feed, from, to, names, note }: CutAsk): string {
  const query = new URLSearchParams({ from: String(from), to: String(to), names });
  if (note !== "") query.set("note", note);
  return `api/feeds/${encodeURIComponent(feed)}/recording/clip?${query.toString()}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
