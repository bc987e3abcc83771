import { test } from 'vitest';
import { hasSpin } from './spin.js';

/** Without Spin, a test names the package to install: it is skipped, or fails in CI. */
export function needsSpin(what: string): void {
  if (hasSpin) return;
  const needed = `${what} needs Spin: apt-get install spin gcc`;
  test(needed, ({ skip }) => {
    if (process.env.CI) throw new Error(needed);
    console.warn(needed);
    skip(needed);
  });
}
