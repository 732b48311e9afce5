/** Speeds at which the past can be played. */
export const replaySpeeds: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16, 30, 60];
