import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A Debian archive as the machine's own apt sources name it. */
export interface Mirror {
  readonly uri: string;
  /** The value of Signed-By: a keyring's path, or a key in several lines; undefined if there is none. */
  readonly signedBy?: string;
}

/** One entry of the sources: a mirror and its suites. */
export interface Source extends Mirror {
  readonly suites: readonly string[];
  readonly components: readonly string[];
}

const words = (text = ''): string[] => text.split(/\s+/).filter((word) => word !== '');

/** The entries of a file in the one-line format (sources.list). */
export function oneLineSources(text: string): Source[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)([^#]*)/.exec(line);
    if (!match) return [];
    const [, options = '', uri, suite, components] = match;
    const signedBy = /\bsigned-by=(\S+)/i.exec(options)?.[1];
    return [
      {
        uri: uri!,
        suites: [suite!],
        components: words(components),
        ...(signedBy === undefined ? {} : { signedBy }),
      },
    ];
  });
}

/** The enabled entries of a file in the deb822 format (*.sources). */
export function stanzaSources(text: string): Source[] {
  const stanzas = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n\s*\n/);
  return stanzas.flatMap((stanza) => {
    const fields = new Map(
      [...stanza.matchAll(/^([\w-]+):((?:.*)(?:\n[ \t].*)*)/gm)].map(([, key, value]) => [
        key!.toLowerCase(),
        value!.trim(),
      ]),
    );
    const [uri] = words(fields.get('uris'));
    const isEnabled = !/^(no|false|0)$/i.test(fields.get('enabled') ?? 'yes');
    if (uri === undefined || !words(fields.get('types')).includes('deb') || !isEnabled) return [];
    const signedBy = fields.get('signed-by');
    return [
      {
        uri,
        suites: words(fields.get('suites')),
        components: words(fields.get('components')),
        ...(signedBy === undefined ? {} : { signedBy }),
      },
    ];
  });
}

/** All entries of the machine's own sources; none on a machine without apt. */
export async function machineSources(folder = '/etc/apt'): Promise<Source[]> {
  const parts = join(folder, 'sources.list.d');
  const names = existsSync(parts) ? (await readdir(parts)).sort() : [];
  const files = [join(folder, 'sources.list'), ...names.map((name) => join(parts, name))];
  const found: Source[] = [];
  for (const file of files) {
    if (!existsSync(file)) continue;
    const text = await readFile(file, 'utf8');
    if (file.endsWith('.list')) found.push(...oneLineSources(text));
    else if (file.endsWith('.sources')) found.push(...stanzaSources(text));
  }
  return found;
}

/** Names of suites that every mirror of Debian has, whatever the release of the machine. */
const ALIASES = ['stable', 'testing', 'unstable', 'sid', 'oldstable'];

/**
 * The mirror of Debian among the sources: the entry of the machine's own release, with the component main. If several
 * archives have such a suite, one that Debian's own keyring signs, or that names no keyring, comes first.
 */
export function debianMirror(sources: readonly Source[], release: string): Mirror | undefined {
  const found = sources.filter(
    ({ suites, components }) =>
      components.includes('main') &&
      suites.some((suite) => suite === release || ALIASES.includes(suite)),
  );
  const ofDebian = ({ signedBy }: Source) => signedBy === undefined || /debian/.test(signedBy);
  return found.find(ofDebian) ?? found[0];
}

/** The codename of the machine's Debian release, for example bookworm; empty on other machines. */
export async function machineRelease(path = '/etc/os-release'): Promise<string> {
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  return /^VERSION_CODENAME="?(\w+)/m.exec(text)?.[1] ?? '';
}

/** An entry of deb822 sources for one suite of a mirror. */
export const sourceStanza = ({ uri, signedBy }: Mirror, suite: string): string =>
  [
    'Types: deb',
    `URIs: ${uri}`,
    `Suites: ${suite}`,
    'Components: main',
    ...(signedBy === undefined ? [] : [`Signed-By: ${signedBy}`]),
    '',
  ].join('\n');
