/** Lets everything happen that waits for no time and no machine. */
export async function turns(count = 5): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits for something that the machine does in its own time (a file, a socket); fails when it has not happened in 50 s. */
export async function until(condition: () => boolean, what = "what was waited for"): Promise<void> {
  const giveUpAt = Date.now() + 50_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`${what} did not happen`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
