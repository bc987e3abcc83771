import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyNth } from '../effort.js';
import { build, fixture, recwalk } from './recwalk.js';

const SLOW = { timeout: 600_000 };
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const there = (name: string) => join(folder, name);

beforeAll(async () => {
  build();
  writeFileSync(there('syntax-error.ts'), 'export default {\n  name: "open\n');
  const fixed = (name: string, change: string) =>
    writeFileSync(
      there(name),
      `import lamp from ${JSON.stringify(resolve(fixture('lamp.ts')))};\nexport default { ...lamp, ${change} };\n`,
    );
  const rule = (predicate: string) =>
    `rules: [{ id: 'r', description: 'r', source: 's', ${predicate} }]`;
  fixed('null-component.ts', 'components: [null]');
  fixed('misspelt.ts', rule('alwys: () => false'));
  fixed('promise.ts', rule('always: async () => false'));
  fixed('control.ts', `description: 'a lamp\\n$(rm -rf /)'`);
  fixed('lines.ts', rule(`always: () => { throw new Error('one\\n\\x1b[31mtwo') }`));
  writeFileSync(there('throws-nothing.ts'), 'throw undefined;\n');
  writeFileSync(there('throws-null-object.ts'), 'throw Object.create(null);\n');
  writeFileSync(there('throws-escapes.ts'), "throw new Error('\\x1b[2J\\r\\ngone');\n");
  mkdirSync(there('folder.json'));
  mkdirSync(there('folder.ts'));
  const { stdout } = await recwalk(['paths', 'proposal', '--scope', 'small', '--to', 'json']);
  writeFileSync(there('half.json'), stdout.slice(0, stdout.length / 2));
  writeFileSync(there('stale.json'), stdout.replace('"call":"add T 1"', '"call":"add T 9"'));
  writeFileSync(there('lies.json'), stdout.replace('"outcome":["0"', '"outcome":["-EBUSY"'));
  writeFileSync(there('scope.json'), stdout.replace(/"scope":"[^"]*"/, '"scope":"records=x"'));
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** Each with the required content of its one line: the error number, the mistake, and the correct input. */
const DEBIAN = ['--kernel', 'debian:6.1'];
const cases: readonly (readonly [args: readonly string[], ...description: RegExp[]])[] = [
  [['check', 'nosuch'], /RW011/, /"nosuch"/, /exclusive, share-flag, .*proposal, .*linux-6\.12/],
  [['check', 'proposal', 'nosuch', '--json'], /RW011/, /"nosuch"/],
  [['check', 'exclusive', '--scope', 'records=x'], /RW010/, /records=x/, /type .*records=2/],
  [['check', 'exclusive', '--scope', 'records=0'], /RW010/, /records=0/, /from 1 to 8/],
  [['check', 'exclusive', '--scope', 'records=2'], /RW010/, /no ops/, /records=2,ipmodify=1/],
  [['check', 'exclusive', '--rule', 'nosuch'], /RW012/, /"nosuch"/, /recwalk list rules/],
  [['check', fixture('lamp.ts'), '--rule', 'nosuch'], /RW012/, /"nosuch"/, /goes-on, goes-off/],
  [['check', 'proposal', '--rule', 'serializable'], /RW012/, /scope default of proposal/],
  [['check', fixture('lamp.ts'), '--scope', 'small'], /RW013/, /lamp\.ts/],
  [['check', './nosuch.ts'], /RW014/, /nosuch\.ts/],
  [['check', there('folder.ts')], /RW014/, /folder\.ts/],
  [['check', there('syntax-error.ts')], /RW015/, /syntax-error\.ts/, /cannot be loaded/],
  [['check', fixture('fails-to-load.ts')], /RW015/, /the author made a mistake/],
  [['check', fixture('no-network.ts')], /RW016/, /export default \{ name, .*components/],
  [['check', there('throws-nothing.ts')], /RW015/, /cannot be loaded: undefined\n/],
  [
    ['check', there('throws-null-object.ts')],
    /RW015/,
    /cannot be loaded: \[Object: null prototype\] \{\}/,
  ],
  [['check', there('throws-escapes.ts')], /RW015/, /cannot be loaded: \\u001b/],
  [['check', there('null-component.ts')], /RW210/, /component number 1 of network lamp is null/],
  [['check', there('misspelt.ts')], /RW210/, /rule "r" of network lamp/, /did you mean always\?/],
  [['check', there('promise.ts')], /RW213/, /rule "r" returns a promise/],
  [['check', there('control.ts')], /RW210/, /description holds the control character U\+000A/],
  [['check', there('lines.ts')], /RW214/, /rule "r" fails: Error: one .*two \(.*lines\.ts:2:\d+\)/],
  [['paths', there('misspelt.ts')], /RW210/],
  [['diff', there('misspelt.ts'), fixture('lamp.ts')], /RW210/],
  [['export', there('misspelt.ts'), '--to', 'promela'], /RW210/],
  [
    ['check', fixture('throwing-rule.ts')],
    ...[/RW215/, /rule "has-a-mistake" reads bulb/, /network lamp/, /the names are lit/],
  ],
  [
    ['check', fixture('invoke.ts')],
    /RW101/,
    /machine it starts the promise \S+, which no stimulus answers/,
  ],
  [
    ['check', fixture('after.ts')],
    /RW102/,
    /machine it delays xstate\.after\.1000\.timer\.ticking by 1000 ms, which no/,
  ],
  [['check', fixture('grows.ts')], /RW105/, /context variable calls took \d+ distinct values/],
  [['check', fixture('twins.ts')], /RW201/, /two components named lamp/],
  [['check', fixture('nobody.ts')], /RW202/, /"press the switch"/, /it has lamp/],
  [['check', '--explain', 'nosuch@proposal'], /RW012/, /"nosuch"/, /recwalk list rules/],
  [['check', '--explain', 'no-warning@nosuch'], /RW011/, /"nosuch"/, /proposal/],
  [['check', '--explain', 'nosuch'], /RW012/, /"nosuch"/],
  [['check', '--explain', '@proposal'], /RW022/, /"@proposal"/, /RULE@DESIGN/],
  [['check', '--explain', 'no-warning@'], /RW022/, /"no-warning@"/, /RULE@DESIGN/],
  [['check', '--explain', 'no-warning', 'proposal'], /RW022/, /RULE@proposal/, /before --explain/],
  [['check', '--explain', 'no-warning', '--rule', 'no-warning'], /RW022/, /omit --rule/],
  [
    ['check', 'exclusive', '--explain', 'no-warning@proposal'],
    ...[/RW022/, /"no-warning@proposal"/, /\(exclusive\)/, /omit the targets/],
  ],
  [['diff', 'proposal', 'nosuch'], /RW011/, /"nosuch"/],
  [['diff', './nosuch.ts', 'proposal'], /RW014/, /nosuch\.ts/],
  [['diff', fixture('lamp.ts'), fixture('lamp.ts'), '--scope', 'small'], /RW013/, /lamp\.ts/],
  [['diff', 'proposal', 'linux-6.1', '--scope', 'records=x'], /RW010/, /records=x/],
  [['diff', fixture('grows.ts'), fixture('grows.ts')], /RW105/, /calls took/],
  [['diff', 'proposal', 'linux-6.1', '--max-states', '0'], /RW001/, /whole number above 0/],
  [['diff', 'proposal'], /RW001/, /'other'/],
  [['repair', 'nosuch'], /RW011/, /"nosuch"/],
  [['repair', 'proposal', '--without', 'nosuch'], /RW024/, /nosuch/, /ask-on-growth/],
  [['repair', 'proposal', '--rule', 'nosuch'], /RW012/, /"nosuch"/],
  [['paths', 'nosuch'], /RW011/, /"nosuch"/],
  [['repair', fixture('lamp.ts')], /RW062/, /lamp\.ts has no fixes to try/],
  [['replay', fixture('lamp.ts'), ...DEBIAN], /RW061/, /lamp\.ts models no kernel/],
  [['paths', fixture('lamp.ts'), '--scope', 'small'], /RW013/, /lamp\.ts/],
  [['paths', 'proposal', '--cover', 'everything'], /RW018/, /everything/, /transitions/],
  [['paths', 'proposal', '--to', 'nosuch'], /RW019/, /json.* or /, /story/],
  [['paths', 'proposal', '--cover', 'toString'], /RW018/, /given, guards, .* or transitions/],
  [['paths', 'proposal', '--seed', '3'], /RW036/, /--seed .*--cover random/],
  [['paths', 'proposal', '--cover', 'random', '--seed', 'x'], /RW001/, /whole number/],
  [['paths', 'proposal', '--cover', 'given'], /RW037/, /--from FILE/],
  [['paths', 'proposal', '--from', 'nosuch.json'], /RW014/, /nosuch\.json/],
  [['paths', 'proposal', '--from', there('half.json')], /RW301/, /half\.json is not complete/],
  [
    ['paths', 'proposal', '--scope', 'small', '--from', there('stale.json')],
    ...[/RW307/, /path \d+, step \d+/, /"add T 9" is not enabled in this state of proposal/],
  ],
  [
    ['paths', 'proposal', '--scope', 'small', '--from', there('lies.json')],
    ...[/RW307/, /path 1, step 1/, /has the outcome -EBUSY/],
  ],
  [['paths', fixture('lamp.ts'), '-o', there('folder.json')], /RW028/, /exists and is not a file/],
  [['paths', fixture('lamp.ts'), '-o', 'README.md/x'], /RW028/, /ENOTDIR/],
  [
    ['check', 'clients@proposal'],
    /RW049/,
    /no client model of the design "proposal"/,
    /clients@linux-6\.12/,
  ],
  [['check', 'clients@linux-6.1', '--scope', 'records=2'], /RW010/, /"records=2"/, /fentry/],
  [['check', 'clients@linux-6.1', '--scope', 'fentry=0'], /RW010/, /no client/],
  [['check', 'clients@linux-6.1', '--rule', 'ftrace-lives'], /RW012/, /list client-rules/],
  [['repair', 'clients@linux-6.1'], /RW062/, /clients@linux-6\.1 has no fixes to try/],
  [
    ['replay', 'clients@linux-6.1', ...DEBIAN, '--beside', 'debian:6.12', '--to', 'json'],
    ...[/RW050/, /omit --to, --shard and --seen/],
  ],
  [
    ['replay', 'clients@linux-6.1', ...DEBIAN, '--beside', 'nosuch'],
    ...[/RW020/, /--beside nosuch/, /--beside-kdir/],
  ],
  [
    ['replay', 'clients@linux-6.1', ...DEBIAN, '--beside', 'README.md'],
    ...[/RW021/, /needs --beside-kdir BUILD/],
  ],
  [['export', 'nosuch', '--to', 'svg'], /RW026/, /"nosuch"/, /record, ops, .*proposal, /],
  [['export', 'toString', '--to', 'svg'], /RW026/, /"toString"/],
  [['export', 'record', '--to', 'toString'], /RW019/, /toString/, /aut, dot, .*stately, svg/],
  [
    ['export', 'record', '--to', 'aut'],
    /RW027/,
    /the machine record/,
    /type dot, json, .*stately, svg\n$/,
  ],
  [
    ['export', 'record', '--to', 'promela'],
    /RW027/,
    /the machine record/,
    /type dot, json, .*stately, svg\n$/,
  ],
  [
    ['export', 'proposal', '--to', 'scxml'],
    /RW027/,
    /the design proposal/,
    /type aut, dot, .*promela, svg\n$/,
  ],
  ...['scxml', 'stately'].flatMap((format) => [
    [
      ['export', fixture('lamp.ts'), '--to', format],
      ...[/RW027/, /the file .*lamp\.ts; for a file type aut, dot, .*promela, svg\n$/],
    ] as const,
    [
      ['export', 'clients@linux-6.1', '--to', format],
      ...[/RW027/, /the design clients@linux-6\.1; for a design type aut, dot, .*svg\n$/],
    ] as const,
  ]),
  [['export', 'nosuch', '--to', 'promela'], /RW011/, /"nosuch"/],
  [['export', 'no/such.ts', '--to', 'aut'], /RW014/, /no\/such\.ts/],
  [
    ['export', fixture('lamp.ts'), '--to', 'promela', '-o', there('folder.ts')],
    ...[/RW028/, /folder\.ts exists and is not a file/],
  ],
  [['export', 'record', '--to', 'svg', '--scope', 'small'], /RW013/, /record is a machine/],
  [['export', 'proposal', '--to', 'svg', '--scope', 'records=x'], /RW010/, /records=x/],
  [['export', 'record', '--to', 'svg', '-o', 'docs'], /RW028/, /-o docs/],
  [['export', 'record', '--to', 'svg', '-o', 'README.md/x.svg'], /RW028/, /ENOTDIR/],
  [['export', 'record'], /RW001/, /--to/],
  [['export', '--to', 'svg'], /RW001/, /'target'/],
  [['list', 'nosuch'], /RW017/, /designs, rules, machines, scopes, kernels/],
  [['list', 'toString'], /RW017/, /toString/],
  [
    ['replay', 'proposal', 'linux-6.12', ...DEBIAN, '--to', 'json'],
    ...[/RW067/, /omit --to/, /name one target/],
  ],
  [['replay', 'proposal', 'nosuch.json', ...DEBIAN], /RW014/, /nosuch\.json/],
  [['replay', 'nosuch.json', ...DEBIAN], /RW014/, /nosuch\.json/, /recwalk paths --to json/],
  [['replay', there('folder.json'), ...DEBIAN], /RW014/, /folder\.json/],
  [['replay', there('half.json'), ...DEBIAN], /RW301/, /half\.json is not complete JSON/],
  [['replay', there('stale.json'), ...DEBIAN], /RW307/, /"add T 9" is not enabled/],
  [['replay', there('lies.json'), ...DEBIAN], /RW307/, /path 1, step 1/, /-EBUSY/],
  [['replay', there('scope.json'), ...DEBIAN], /RW010/, /records=x/],
  [['replay', 'nosuch', ...DEBIAN], /RW011/, /"nosuch"/],
  [['replay', 'proposal', '--kernel', 'debian:7'], /RW020/, /debian:6\.1, debian:6\.12/],
  [['replay', 'proposal', '--kernel', 'package.json'], /RW021/, /--kdir BUILD/],
  [['replay', 'proposal', ...DEBIAN, '--to', 'toString'], /RW019/, /text, ktap, json, junit/],
  [
    ['paths', 'linux-6.12', '--scope', 'locking', '--cover', 'states', '--to', 'c'],
    ...[/RW330/, /one call after the other/, /--to json or --to story/],
  ],
  [
    ['replay', 'linux-6.12', ...DEBIAN, '--beside', 'debian:6.1', '--scope', 'callers'],
    ...[/RW050/, /scope callers overlap/],
  ],
  [['replay', 'linux-6.12', ...DEBIAN, '--schedules', '--stories-only'], /RW068/, /--stories-only/],
  [['replay', 'linux-6.12', ...DEBIAN, '--schedules', '--to', 'ktap'], /RW068/, /text or json/],
  [
    ['replay', 'linux-6.12', ...DEBIAN, '--schedules', '--scope', 'small'],
    ...[/RW068/, /one caller in scope/, /--scope callers/],
  ],
  [['replay', 'linux-6.12', ...DEBIAN, '--schedules', '0'], /RW001/, /whole number above 0/],
  [['replay', 'proposal', ...DEBIAN, '--shard', '5/4'], /RW001/, /5\/4/, /2\/4/],
  [['replay', 'proposal', ...DEBIAN, '--shard', '0/4'], /RW001/, /0\/4/],
  [['replay', 'proposal'], /RW001/, /--kernel/],
  [['frobnicate'], /RW001/, /'frobnicate'/, /recwalk --help/],
  [['chek'], /RW001/, /'chek'/, /Did you mean check\?/],
  [['check', '--frobnicate'], /RW001/, /'--frobnicate'/],
  [['check', '--max-states', '0'], /RW001/, /whole number above 0/],
  [['check', '--memory', 'much'], /RW001/, /512M or 4G/],
  [['paths'], /RW001/, /'target'/],
];

describe(
  'bad input: exit 2, and one line with the mistake, its place and the correct input',
  SLOW,
  () => {
    test.concurrent.each(
      everyNth(4, cases).map(([args, ...description]) => ({
        line: args.join(' '),
        args,
        description,
      })),
    )('recwalk $line', async ({ args, description }) => {
      const { code, stdout, stderr } = await recwalk(args);
      expect(stderr).toMatch(/^recwalk: RW\d{3}: [^\n]+\n$/);
      for (const words of description) expect(stderr).toMatch(words);
      expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(stderr.trimEnd()).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    });
  },
);

test('without QEMU: exit 4, and one line with the package to install', SLOW, async () => {
  const { code, stdout, stderr } = await recwalk([
    ...['replay', 'proposal', '--scope', 'small'],
    ...DEBIAN,
  ]);
  expect(stderr).toMatch(/^recwalk: QEMU is not installed: apt-get install [^\n]+\n$/);
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
});

test('a kernel whose headers are gone: exit 4, and one line that reports it', SLOW, async () => {
  const { code, stdout, stderr } = await recwalk([
    ...['replay', 'proposal', '--scope', 'small'],
    ...['--kernel', 'debian:6.18'],
  ]);
  expect(stderr).toMatch(/^recwalk: debian:6\.18: Debian no longer has the headers [^\n]+\n$/);
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
});
