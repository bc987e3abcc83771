/** Steps of long work between two checks of the signal. */
export const SLICE = 1 << 20;

/** Yields to the event loop, since only then Ctrl-C takes effect; false if the signal is aborted. */
export async function keepGoing(signal: AbortSignal | undefined): Promise<boolean> {
  await new Promise(setImmediate);
  return signal?.aborted !== true;
}
