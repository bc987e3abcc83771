import { describe, expect, test } from 'vitest';
import { code, plain } from '../../src/model/markdown.js';
import { markdown } from '../../src/review/markdown/page.js';
import { table } from '../../src/review/markdown/table.js';
import { sample } from './sample.js';
import { cellsOf, tablesOf } from './tables.js';

const text = markdown(sample);

describe('Markdown', () => {
  test('has the same number of cells in each row as in the head', () => {
    const compiled = tablesOf(text);
    expect(compiled.length).toBeGreaterThan(5);
    for (const [head, ...rows] of compiled)
      for (const row of rows) expect(cellsOf(row).length, row).toBe(cellsOf(head!).length);
  });

  test('has a target for every link', () => {
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map((m) => m[1]);
    expect(links).toEqual(['first-rule@second', 'second-rule@second']);
    for (const link of links) expect(text.split(`<a id="${link}"></a>`)).toHaveLength(2);
  });

  test('makes no element or link from odd texts', () => {
    const outside = text.replaceAll(/(?<![\\`])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/(?<!\\)<(?!a id|\/a>|br>)/);
    expect(outside).not.toMatch(/(?<!\\)\[e\]/);
  });

  test('has the chart in a block of its own', () => {
    expect(text).toContain('\n\n```mermaid\nstateDiagram-v2\n  [*] --> a\n```\n\n');
  });
});

describe('text', () => {
  test('keeps names with underscores readable', () => {
    expect(plain('enabled_functions _del() *')).toBe('enabled_functions \\_del() \\*');
    expect(plain('- a - b')).toBe('\\- a - b');
  });

  test('is code with any backticks in it', () => {
    expect(code('a')).toBe('`a`');
    expect(code('a `b` ``c``')).toBe('``` a `b` ``c`` ```');
  });

  test('does not end its cell', () => {
    expect(table(['a'], [['b|c']])).toBe('| a |\n| --- |\n| b\\|c |');
  });
});
