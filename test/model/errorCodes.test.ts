import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ERRORS } from '../../src/model/errorCodes.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const codesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|js)$/.test(entry.name))
    .filter(({ name }) => name !== 'errorCodes.ts')
    .flatMap(
      (entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').match(/RW\d{3}/g) ?? [],
    );

test('the registry has exactly the errors that the code throws', () => {
  const used = [...new Set(['src', 'bin', 'machines'].flatMap(codesIn))].sort();
  expect(Object.keys(ERRORS)).toEqual(used);
});

test('docs/errors.md lists exactly these errors', () => {
  const rows = Object.entries(ERRORS).map(([code, text]) => `| ${code} | ${text} |`);
  const listed = readFileSync(join(root, 'docs/errors.md'), 'utf8').match(/^\| RW\d{3} \|.*\|$/gm);
  expect(listed).toEqual(rows);
});
