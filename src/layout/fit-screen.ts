import { labelWidth } from "./node-cell.ts";

export interface Fit {
  /** Distance of two columns, world units. */
  readonly pitch: number;
  /** Factor for all heights, at least 1. */
  readonly stretch: number;
}

/** Columns or rows further apart than this lose sight of one another. */
const widestPitch = 280;
const tallestRow = 150;

/** A small graph is spread until it fills about a laptop's screen at zoom 1, less its bars; world units squared. */
export const comfortableArea = 1180 * 700;

/** Stretches a picture in the direction in which the screen leaves room, never beyond what keeps it together. */
export function fitScreen(
  picture: {
    readonly columns: number;
    readonly leastPitch: number;
    readonly height: number;
    readonly row: number;
  },
  aspect: number,
): Fit {
  const { columns, leastPitch, height, row } = picture;
  const gaps = Math.max(1, columns - 1);
  const width = gaps * leastPitch + labelWidth;
  const wanted = Math.max(height, width / aspect, Math.sqrt(comfortableArea / aspect));
  return {
    pitch: Math.max(leastPitch, Math.min(widestPitch, (wanted * aspect - labelWidth) / gaps)),
    stretch: Math.max(1, Math.min(wanted / Math.max(1, height), tallestRow / row)),
  };
}
