import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLUMNS, command, filled } from '../../src/review/text/filled.js';
import { text } from '../../src/review/text/page.js';
import { report } from '../../src/review/text/report.js';
import { ODD, sample, sampleGuess, sampleReport } from './sample.js';

const longest = (some: string) => Math.max(...some.split('\n').map(({ length }) => length));

/** The lines of a part of a mail, without its title. */
const part = (mail: string, title: string): string =>
  mail
    .split('\n\n')
    .find((block) => block.startsWith(`${title}\n`))!
    .slice(title.length + 1);

describe('lines', () => {
  test('have 75 columns', () => expect(COLUMNS).toBe(75));

  test('are never longer, and keep every letter', () => {
    const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 200, size: 'max' });
    const indent = fc.nat(100).map((n) => ' '.repeat(n));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), indent, indent, (words, first, rest) => {
        const lines = filled(words.join(' '), first, rest);
        expect(longest(lines)).toBeLessThanOrEqual(COLUMNS);
        const letters = (some: string) => some.replaceAll(/\s/g, '');
        expect(letters(lines)).toBe(letters(words.join('')));
      }),
    );
  });

  test('of a command are joined again by a shell', () => {
    const typed = `recwalk ${'word-of-some-length '.repeat(9)}--end`;
    const lines = command(typed, '    ');
    expect(longest(lines)).toBeLessThanOrEqual(COLUMNS);
    expect(
      lines
        .split(' \\\n')
        .map((line) => line.trim())
        .join(' '),
    ).toBe(typed);
  });
});

describe('a review', () => {
  const all = text(sample);

  test('keeps to the columns with any content', () => {
    expect(longest(all)).toBeLessThanOrEqual(COLUMNS);
  });

  test('has a matrix with each sign under the name', () => {
    expect(all).toContain(
      '\n             first\nrule         |  second\nfirst-rule   .  !\nsecond-rule  ?  x\n',
    );
  });

  test('splits a matrix that is too wide', () => {
    const designs = Array.from({ length: 30 }, (_, i) => ({
      ...sample.designs[1]!,
      name: `design-${i}`,
    }));
    const wide = text({ ...sample, designs });
    expect(longest(wide)).toBeLessThanOrEqual(COLUMNS);
    const signs = [...wide.matchAll(/^first-rule +((?:!\s*)+)$/gm)].map(
      (m) => m[1]!.match(/!/g)!.length,
    );
    expect(signs.length).toBeGreaterThan(1);
    expect(signs.reduce((sum, n) => sum + n)).toBe(30);
  });

  test('has the observations on kernels first, then the claims about the model', () => {
    const [, seen, model] = all.split(/^Broken, and seen on a kernel$|^Broken in the model only$/m);
    expect(seen).toContain('first-rule');
    expect(seen).not.toContain('model only');
    expect(model).toContain('second: model only, because it is so');
    expect(model).not.toContain('seen on');
  });
});

describe('a report', () => {
  const mail = report(sampleReport);
  const guess = report(sampleGuess);

  test('keeps to the columns, whatever is in it', () => {
    for (const one of [mail, guess]) expect(longest(one)).toBeLessThanOrEqual(COLUMNS);
  });

  test('has its parts in reading order', () => {
    const titles = mail.split('\n\n').map((block) => block.split('\n')[0]);
    expect(titles).toEqual([
      'Subject: ftrace: first-rule does not hold in second',
      ...['What', 'Where it was seen', 'Kernel and config', 'Names', 'Steps', 'Reproducer'],
      ...['--- first-rule.story', '--- story.c', 'Log of Debian 1', 'How it was found', 'Tags'],
    ]);
  });

  test('numbers its steps, and puts the outcome below the expected one', () => {
    const steps = part(mail, 'Steps');
    expect([...steps.matchAll(/^ +(\d+)\. /gm)].map((m) => m[1])).toEqual(['1', '2', '3']);
    expect(steps).toMatch(/3\. the last\n +expected: it's "odd"[\s\S]*\n +got: +0; DEAD$/);
    expect(steps).toContain('function 1 was (0) ... - ran -\n                   is  (1) RI. - ran');
  });

  test('names the RFC mail if the rule cites it', () => {
    const { rule } = sampleReport;
    const source = 'RFC mail 20220714204817.2889e280: "a word"';
    const of = report({ ...sampleReport, rule: { ...rule, source } }).replaceAll(/\s+/g, ' ');
    expect(of).toContain(`Source: ${source} The RFC mail: ${ODD}`);
    expect(mail).not.toContain('The RFC mail');
  });

  test('has the story in the form of a file', () => {
    expect(mail).toContain('\n--- first-rule.story\n# design second\nadd X 1\n  0\n--- end\n');
  });

  test('claims about a kernel only what a kernel showed', () => {
    expect(part(mail, 'Where it was seen')).toMatch(/^ +On Debian 1: /);
    expect(part(mail, 'Where it was seen')).not.toContain('model');
    expect(part(guess, 'Where it was seen')).toMatch(/On no kernel\./);
    expect(guess).toMatch(/^Subject: ftrace: second-rule does not hold in a model of second\n/);
    for (const word of ['Debian', 'Kernel and config', 'On a kernel'])
      expect(guess).not.toContain(word);
  });

  test('names the goals never reached, and that nothing leads back', () => {
    const what = part(guess, 'What').replaceAll(/\s+/g, ' ');
    expect(what).toContain(`Never reached: ${ODD}.`);
    expect(what).toContain('After this, nothing leads back.');
  });

  test('has the output of the guest, unchanged', () => {
    expect(part(mail, 'Log of Debian 1')).toBe('  register W: -EBUSY\n    [ 1.0] oops');
    expect(guess).not.toContain('Log of');
  });

  test('leaves the tags to the sender', () => {
    expect(mail).not.toMatch(/^(Reported-by|Fixes|Signed-off-by|Closes):/m);
    expect(part(mail, 'Tags')).toContain('The sender adds');
  });
});
