/** A place in the plane; y grows downwards. Whoever uses one says in which space: world units or CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
