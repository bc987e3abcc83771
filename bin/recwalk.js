#!/usr/bin/env node
import { build, isClone, isFresh } from './build.js';

/**
 * Runs the build. In a clone it never runs a build of other sources than the current ones: it rebuilds or refuses.
 *
 * @returns {Promise<void>}
 */
async function launch() {
  if (isClone() && !isFresh()) {
    if (!process.argv.includes('--quiet'))
      process.stderr.write('recwalk: the sources have changed since the last build; building\n');
    const fault = await build(false);
    if (fault !== undefined) {
      process.stderr.write(
        `recwalk: RW055: the sources do not build, and an older build is not run: ${fault}\n`,
      );
      process.exitCode = 2;
      return;
    }
  }
  await import(new URL('../dist/src/cli/main.js', import.meta.url).href);
}

try {
  await launch();
} catch (error) {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  process.stderr.write(`recwalk: RW055: there is no build that can be run: ${line}; run npm ci\n`);
  process.exitCode = 70;
}
