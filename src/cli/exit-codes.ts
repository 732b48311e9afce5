/** How the program ends: 1 is for a check that found nothing to draw, and for a server that had to be stopped hard. */
export const exitCodes = { done: 0, wrongUsage: 3 } as const;
