import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { test } from 'vitest';

/** Debian's. */
const PROGRAM = '/usr/bin/chromium';
export const hasChromium = existsSync(PROGRAM);

/** Where the browser is missing a test says what to install: it is skipped, or in CI it fails. */
export function needsChromium(what: string): void {
  if (hasChromium) return;
  const needed = `${what} needs a browser: apt-get install chromium`;
  test(needed, ({ skip }) => {
    if (process.env.CI) throw new Error(needed);
    console.warn(needed);
    skip(needed);
  });
}

/** Without its sandbox, which root cannot have. */
export const launched = (): Promise<Browser> =>
  chromium.launch({ executablePath: PROGRAM, args: ['--no-sandbox'] });
