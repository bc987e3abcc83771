import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { test } from 'vitest';

/** The Chromium of Debian. */
const PROGRAM = '/usr/bin/chromium';
export const hasChromium = existsSync(PROGRAM);

/** Without the browser, a test names the package to install: it is skipped, or fails in CI. */
export function needsChromium(what: string): void {
  if (hasChromium) return;
  const needed = `${what} needs a browser: apt-get install chromium`;
  test(needed, ({ skip }) => {
    if (process.env.CI) throw new Error(needed);
    console.warn(needed);
    skip(needed);
  });
}

/** Without its sandbox, which does not work for root. */
export const launched = (): Promise<Browser> =>
  chromium.launch({ executablePath: PROGRAM, args: ['--no-sandbox'] });
