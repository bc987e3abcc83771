import { expect, test } from 'vitest';
import {
  debianMirror,
  oneLineSources,
  sourceStanza,
  stanzaSources,
} from '../../src/kernel/sources.js';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const LIST = `# deb http://old.example/debian bookworm main
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by=${KEYRING}] http://mirror.example/debian bookworm main contrib # ours
deb https://packages.example/apt cloud-bookworm main
`;
const STANZAS = `Types: deb deb-src
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: ${KEYRING}

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main

Types: deb
URIs: https://other.example/node
Suites: nodistro
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
`;

test('both formats of apt sources are read', () => {
  const mirror = { uri: 'http://mirror.example/debian', signedBy: KEYRING };
  expect(oneLineSources(LIST)).toEqual([
    { ...mirror, suites: ['bookworm'], components: ['main', 'contrib'] },
    {
      uri: 'https://packages.example/apt',
      suites: ['cloud-bookworm'],
      components: ['main'],
    },
  ]);
  expect(stanzaSources(STANZAS)).toEqual([
    { ...mirror, suites: ['bookworm', 'bookworm-updates'], components: ['main'] },
    {
      uri: 'https://other.example/node',
      suites: ['nodistro'],
      components: ['main'],
      signedBy: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc',
    },
  ]);
});

test('the mirror is the archive of the machine’s own release', () => {
  const { uri } = debianMirror(stanzaSources(STANZAS), 'bookworm')!;
  expect(uri).toBe('http://mirror.example/debian');
  expect(debianMirror(stanzaSources(STANZAS), 'noble')).toBeUndefined();
  expect(debianMirror([], 'bookworm')).toBeUndefined();
});

test('an archive that another keyring signs is not taken for Debian’s', () => {
  const other = 'deb [signed-by=/etc/apt/keyrings/x.gpg] https://x.example/y bookworm main\n';
  expect(debianMirror(oneLineSources(`${other}${LIST}`), 'bookworm')!.uri).toBe(
    'http://mirror.example/debian',
  );
});

test('an entry for another suite keeps the mirror and its key', () => {
  const stanza = sourceStanza(debianMirror(stanzaSources(STANZAS), 'bookworm')!, 'trixie');
  expect(stanzaSources(stanza)).toEqual([
    {
      uri: 'http://mirror.example/debian',
      suites: ['trixie'],
      components: ['main'],
      signedBy: KEYRING,
    },
  ]);
});
