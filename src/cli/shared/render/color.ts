import picocolors from 'picocolors';

const { NO_COLOR, FORCE_COLOR } = process.env;

/** Colours where somebody sees them. Picocolors by itself also colours pipes where CI is set. */
export const pc = picocolors.createColors(
  !NO_COLOR && (FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY === true),
);
