import { test } from 'vitest';
import { hasSpin } from './spin.js';

/** Where Spin is missing a test says what to install: it is skipped, or in CI it fails. */
export function needsSpin(what: string): void {
  if (hasSpin) return;
  const needed = `${what} needs Spin: apt-get install spin gcc`;
  test(needed, ({ skip }) => {
    if (process.env.CI) throw new Error(needed);
    console.warn(needed);
    skip(needed);
  });
}
