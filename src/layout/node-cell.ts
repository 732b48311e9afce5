/**
 * The room that a node needs, world units. Every node has a label under it:
 *
 *        ___
 *       (   )      radius
 *        ---
 *     some name    labelGap + labelHeight, up to labelWidth
 */
export const labelWidth = 110;
export const labelHeight = 14;
const labelGap = 4;

/** Free space between a label and the next disc below, or between two discs. */
export const cellGap = 8;

/** Least distance of two nodes in one column: two small discs, one label and air. */
const leastDistance = 46;

/** Height of the label's strip under a disc. */
export const labelStrip = labelGap + labelHeight;

/** Least distance between the middles of two nodes that stand one above the other. */
export function distanceBelow(radiusAbove: number, radiusBelow: number): number {
  return Math.max(leastDistance, radiusAbove + labelStrip + cellGap + radiusBelow);
}

/** Half the width of disc and label, whichever is wider. */
export function halfWidth(radius: number): number {
  return Math.max(radius, labelWidth / 2);
}

/** Least distance of two columns, so that a label does not touch the discs beside it. */
export function columnPitch(radii: Float32Array): number {
  return radii.reduce((most, radius) => Math.max(most, 2 * radius + columnGap), leastPitch);
}

const leastPitch = 150;
const columnGap = 40;

/** Height of one row in a lattice where any node may stand anywhere. */
export function latticeRow(radii: Float32Array): number {
  const widest = radii.reduce((most, radius) => Math.max(most, radius), 0);
  return distanceBelow(widest, widest);
}

/** Height of one row of a column, for nodes of about the mean size. */
export function rowHeight(radii: Float32Array): number {
  if (radii.length === 0) return leastDistance;
  return radii.reduce((sum, radius) => sum + distanceBelow(radius, radius), 0) / radii.length;
}
