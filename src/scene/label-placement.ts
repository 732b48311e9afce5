/** A text that wants a place. Positions and sizes are CSS pixels on the screen. */
export interface LabelWish {
  readonly node: number;
  /** Middle of the text's upper edge, when it stands below its node. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Wishes with a greater priority are served first. */
  readonly priority: number;
  /** Drawn even where it covers another: the hovered or selected node's. */
  readonly isRequired: boolean;
}

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The wishes that can be granted without one text covering another, in order of priority. Works on a grid of cells, in time
 * proportional to the number of wishes; the original compares each pair.
 */
export function placeLabels<T extends LabelWish>(
  wishes: readonly T[],
  taken: readonly Rect[] = [],
): readonly T[] {
  const grid = new OccupiedCells();
  for (const rect of taken) grid.occupy(rect);
  const granted: T[] = [];
  const order = wishes.toSorted(
    (a, b) => Number(b.isRequired) - Number(a.isRequired) || b.priority - a.priority || a.node - b.node,
  );
  for (const wish of order) {
    const rect = labelRect(wish);
    if (!wish.isRequired && grid.isOccupied(rect)) continue;
    grid.occupy(rect);
    granted.push(wish);
  }
  return granted;
}

export function labelRect(wish: LabelWish): Rect {
  return {
    left: wish.x - wish.width / 2,
    top: wish.y,
    right: wish.x + wish.width / 2,
    bottom: wish.y + wish.height,
  };
}

/** A text of two parts: a name, and what is told below it. */
export interface DetailedWish extends LabelWish {
  /** Somebody asked for it: its name goes before all others, and its details before the names of others. */
  readonly isAsked: boolean;
  /** CSS pixels; undefined when there is nothing to tell. */
  readonly details: { readonly width: number; readonly height: number } | undefined;
}

export interface GrantedLabel<T> {
  readonly wish: T;
  readonly hasDetails: boolean;
}

/** As `placeLabels`, in three turns: names that were asked for, their details where there is room, the other names with or without theirs. */
export function placeDetailedLabels<T extends DetailedWish>(
  wishes: readonly T[],
  taken: readonly Rect[] = [],
): readonly GrantedLabel<T>[] {
  const names = placeLabels(
    wishes.filter(({ isAsked }) => isAsked),
    taken,
  );
  const takenByNames = [...taken, ...names.map(labelRect)];
  const details = placeLabels(names.flatMap(detailsWish), takenByNames);
  const withDetails = new Set(details.map(({ node }) => node));
  const others = placeLabels(wishes.filter(({ isAsked }) => !isAsked).map(whole), [
    ...takenByNames,
    ...details.map(labelRect),
  ]);
  return [
    ...names.map((wish) => ({ wish, hasDetails: withDetails.has(wish.node) })),
    ...others.map(({ wish }) => ({ wish, hasDetails: wish.details !== undefined })),
  ];
}

function detailsWish(wish: DetailedWish): readonly LabelWish[] {
  if (wish.details === undefined) return [];
  const { node, x, y, height, priority, details } = wish;
  return [{ node, x, y: y + height, ...details, priority, isRequired: false }];
}

/** Name and details as one. */
function whole<T extends DetailedWish>(wish: T): LabelWish & { readonly wish: T } {
  const { node, x, y, priority, isRequired, details } = wish;
  const width = Math.max(wish.width, details?.width ?? 0);
  return { node, x, y, width, height: wish.height + (details?.height ?? 0), priority, isRequired, wish };
}

/** About the height of a label, so that a label lies in few cells. */
const cellSize = 32;

class OccupiedCells {
  readonly #cells = new Map<number, Rect[]>();

  occupy(rect: Rect): void {
    for (const cell of cellsOf(rect)) {
      const inside = this.#cells.get(cell);
      if (inside === undefined) this.#cells.set(cell, [rect]);
      else inside.push(rect);
    }
  }

  isOccupied(rect: Rect): boolean {
    return cellsOf(rect).some((cell) => this.#cells.get(cell)?.some((other) => overlaps(rect, other)));
  }
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function cellsOf(rect: Rect): readonly number[] {
  const cells: number[] = [];
  for (let y = Math.floor(rect.top / cellSize); y <= Math.floor(rect.bottom / cellSize); y += 1) {
    for (let x = Math.floor(rect.left / cellSize); x <= Math.floor(rect.right / cellSize); x += 1) {
      cells.push(y * 65_536 + x);
    }
  }
  return cells;
}
