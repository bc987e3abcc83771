import { existsSync } from 'node:fs';
import { test } from 'vitest';

type ByName = (
  name: string,
  options: { readonly timeout: number },
  work: () => void | Promise<void>,
) => void;

/**
 * A test that needs a program of Debian. Without the program it is skipped with a line that names the package to
 * install; in CI it fails with that line.
 */
export function testWith(program: string, debianPackage: string): ByName {
  if (existsSync(program)) return test;
  const missing = `${program} is missing: apt-get install ${debianPackage}`;
  if (!process.env.CI) {
    process.stderr.write(`skipped: ${missing}\n`);
    return test.skip;
  }
  return (name) =>
    test(name, () => {
      throw new Error(missing);
    });
}
