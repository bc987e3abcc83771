/** A function that yields to the event loop, and then returns whether the signal is not aborted. */
export const unlessAborted = (signal: AbortSignal | undefined) => async () => {
  await new Promise(setImmediate);
  return signal?.aborted !== true;
};
