import { err } from "#base/result.ts";
import type { ClipCutter } from "#players/clip/clip-cutter.ts";
import type { ClipService } from "#players/clip/clip-service.ts";

/** Cuts nothing. */
export const noCutter: ClipCutter = { cut: () => Promise.resolve(err("There is no server.")) };

/** Opens nothing. */
export const noClips: ClipService = { open: () => () => undefined };
