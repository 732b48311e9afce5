import type { CSSProperties } from "react";

import type { Insets } from "#scene/camera.ts";

declare module "react" {
  interface CSSProperties {
    /** Measured geometry is handed to the style sheets as variables. */
    readonly [variable: `--${string}`]: string | number | undefined;
  }
}

/** The covered room as `--top`, `--right` and `--bottom`, for what has to keep clear of it. */
export function insetVariables({ top, right, bottom }: Insets): CSSProperties {
  return { "--top": `${top}px`, "--right": `${right}px`, "--bottom": `${bottom}px` };
}
