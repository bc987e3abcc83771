import picocolors from 'picocolors';

const { NO_COLOR, FORCE_COLOR } = process.env;

/**
 * Colors on a terminal only, unless NO_COLOR or FORCE_COLOR overrides this. Picocolors alone also colors pipes where CI
 * is set.
 */
export const pc = picocolors.createColors(
  !NO_COLOR && (FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY === true),
);
