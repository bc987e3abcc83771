import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { afterAll, describe, expect, test } from 'vitest';
import { scxml } from '../../../src/export/to/scxml.js';
import { testWith } from '../debian.js';
import { all, raw, statesIn } from '../shown.js';

const QSCXMLC = '/usr/lib/qt6/libexec/qscxmlc';
const XMLLINT = '/usr/bin/xmllint';
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const plain = (name: string) => name.replace(/\W+/g, '_').replace(/_$/, '');

describe.each(all)('$name', (shown) => {
  const { name, machine } = shown;
  const text = scxml(shown, ['a test -- with two hyphens']);
  const file = join(folder, `${name}.scxml`);
  writeFileSync(file, text);

  testWith(XMLLINT, 'libxml2-utils')('is well-formed', { timeout: 600_000 }, () => {
    execFileSync(XMLLINT, ['--noout', file]);
  });

  testWith(QSCXMLC, 'libqt6scxml6-bin')(
    "Qt's compiler makes a state machine of it",
    { timeout: 600_000 },
    () => {
      execFileSync(QSCXMLC, [file, '-o', join(folder, name)], { stdio: 'pipe' });
    },
  );

  test('has the same states and transitions, each guard as a data item', () => {
    const { document } = new JSDOM(text, { contentType: 'text/xml' }).window;
    const actual = [...document.querySelectorAll('transition')].map((element) => ({
      from: element.parentElement!.getAttribute('id') ?? '',
      on: element.getAttribute('event') ?? '',
      guard: element.getAttribute('cond') ?? '',
      to: element.getAttribute('target') ?? '',
      actions: [...element.querySelectorAll('log')].map((log) => log.getAttribute('expr')),
    }));
    expect(actual).toEqual(
      raw(machine).map(({ from, on, guard, to, actions }) => ({
        from: plain(from),
        on: plain(on),
        guard: guard === '' ? '' : `if_${plain(guard)}`,
        to: plain(to),
        actions: actions.map((action) => `'${action}'`),
      })),
    );
    const ids = [...document.querySelectorAll('state[id]')].map((state) =>
      state.getAttribute('id'),
    );
    const [first = machine.config.initial] = ids;
    expect(first).toBe(machine.config.initial);
    expect([...ids].sort()).toEqual(statesIn(machine).map(plain).sort());
    const data = [...document.querySelectorAll('data')].map((item) => item.getAttribute('id'));
    expect(new Set(data)).toEqual(
      new Set(actual.map(({ guard }) => guard).filter((guard) => guard !== '')),
    );
  });
});
