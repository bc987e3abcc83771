import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limitations, outOfScope, switchedOn } from '../../machines/limitations.js';
import { scopes } from '../../machines/scopes.js';

const semantics = readFileSync(new URL('../../docs/semantics.md', import.meta.url), 'utf8');

/** The items of a list under a heading, without Markdown syntax. */
function items(heading: string): readonly string[] {
  const [, section] = semantics.split(`\n## ${heading}\n`);
  const [text] = section!.split('\n## ');
  return text!
    .split(/\n(?=- |\n)/)
    .filter((item) => item.startsWith('- '))
    .map((item) =>
      item
        .slice(2)
        .replaceAll(/\s+/g, ' ')
        .replaceAll('`', '')
        .replaceAll(/\[[^\]]*\]\(([^)]*)\)/g, 'docs/$1')
        .trim(),
    );
}

test('the limitations are in the documents in the same words', () => {
  expect(items('What it does not hold')).toEqual(limitations);
});

test('the switches of the scope are in the documents in the same words', () => {
  expect(items('What the model of a kernel holds')).toEqual(
    Object.entries(switchedOn).map(([key, description]) => `${key}: ${description}`),
  );
});

describe('out of a scope', () => {
  test('is every switch that is off', () => {
    expect(outOfScope(scopes.default!).slice(2)).toEqual(
      Object.entries(switchedOn).map(([key, description]) => `${key}: ${description}`),
    );
    expect(outOfScope(scopes.edits!).some((description) => description.startsWith('edits'))).toBe(
      false,
    );
  });

  test('are more ops in use than its maximum', () => {
    const [first] = outOfScope(scopes.default!);
    expect(first).toBe('Never more than 3 ops with a filter at the same time.');
    expect(outOfScope({ ...scopes.default!, inuse: 4 })[0]).not.toContain('Never more');
  });

  test('is every kind of ops that it does not have', () => {
    expect(outOfScope(scopes.default!)[1]).toBe(
      'No ops of the kinds tracer, regs, willing, refusing, positive, moving, scripted, trying, locking.',
    );
    const all = {
      ...scopes.wide!,
      regs: 1,
      positive: 1,
      moving: 1,
      scripted: 1,
      trying: 1,
      locking: 1,
    };
    expect(outOfScope(all).some((description) => description.startsWith('No ops'))).toBe(false);
  });
});
