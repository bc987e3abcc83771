/** Steps of long work between two looks at whether it is to go on. */
export const SLICE = 1 << 20;

/** Lets the event loop turn, since only then Ctrl-C is noticed; false if it was. */
export async function keepGoing(signal: AbortSignal | undefined): Promise<boolean> {
  await new Promise(setImmediate);
  return signal?.aborted !== true;
}
