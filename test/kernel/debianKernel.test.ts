import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { debianKernel } from '../../src/kernel/packages.js';
import { machineRelease } from '../../src/kernel/sources.js';
import { KernelUnavailable } from '../../src/kernel/unavailable.js';

/** An apt and a dpkg that know the kernel of which `version` names the version, and write a line for each call. */
const FAKES: Readonly<Record<string, string>> = {
  'apt-cache': `case "$*" in
*"pkgnames linux-binary-7.3."*)
	echo linux-binary-7.3.9+deb13-cloud-amd64
	echo linux-binary-7.3.10+deb13-cloud-amd64
	;;
*"depends linux-headers-7.3.10+deb13-cloud-amd64"*)
	echo '  Depends: linux-headers-7.3.10+deb13-common'
	echo '  Depends: linux-kbuild-7.3.10+deb13'
	;;
*"show --no-all-versions linux-binary-7.3.10+deb13-cloud-amd64"*)
	echo "Version: $(cat version)"
	;;
*) exit 100 ;;
esac`,
  'apt-get': `case "$*" in
*update) ;;
*download*) for name in "$@"; do case $name in linux-*) touch "$OLDPWD/$name.deb" ;; esac; done ;;
esac`,
  dpkg: `tree=$3/usr/src/linux-headers-7.3.10+deb13-cloud-amd64
image=$3/usr/lib/modules/7.3.10+deb13-cloud-amd64
mkdir -p "$tree" "$image"
echo 'include /usr/src/linux-headers-7.3.10+deb13-common/Makefile' > "$tree/Makefile"
touch "$image/vmlinuz"`,
};

let folder: string;

/** The lines of the fakes' calls. */
const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
const offer = (version: string) => writeFileSync(join(folder, 'version'), version);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const [name, text] of Object.entries(FAKES))
    writeFileSync(
      join(bin, name),
      `#!/bin/sh\ncd '${folder}'\necho "${name} $*" >> calls\n${text}\n`,
      { mode: 0o755 },
    );
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  vi.stubEnv('RECWALK_CACHE', join(folder, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

// Elsewhere there is no mirror to read the suite from.
describe.runIf((await machineRelease()) !== undefined)('a kernel of another suite', () => {
  test('is the newest one; apt leaves the lists of the machine alone, and the cache keeps the files', async () => {
    offer('7.3.10-1~bpo13+1');
    const progress: string[] = [];
    const files = await debianKernel('debian:7.3', { progress: (line) => progress.push(line) });
    const cache = join(folder, 'cache');
    const unpacked = join(cache, '7.3.10-1~bpo13+1');
    expect(files).toMatchObject({
      version: '7.3.10-1~bpo13+1',
      image: join(unpacked, 'usr/lib/modules/7.3.10+deb13-cloud-amd64/vmlinuz'),
      kdir: join(unpacked, 'usr/src/linux-headers-7.3.10+deb13-cloud-amd64'),
    });
    expect(readFileSync(join(files.kdir, 'Makefile'), 'utf8')).not.toContain('/usr/src');
    expect(progress).toEqual([
      'fetching linux-binary-7.3.10+deb13-cloud-amd64 7.3.10-1~bpo13+1 and its headers',
    ]);
    for (const call of calls().filter((line) => line.startsWith('apt-')))
      for (const place of ['Dir::Etc::sourceparts=', 'Dir::State::Lists=', 'Dir::Cache='])
        expect(call).toContain(`${place}${join(cache, 'apt')}`);

    const before = calls().length;
    await debianKernel('debian:7.3', { progress: (line) => progress.push(line) });
    expect(progress).toHaveLength(1);
    expect(calls().slice(before).join('\n')).not.toMatch(/update|download|dpkg/);
  });

  test('a newer version is noticed, and is fetched beside the older one', async () => {
    offer('7.3.10-1~bpo13+1');
    await debianKernel('debian:7.3');
    offer('7.3.10-2~bpo13+1');
    const notices: string[] = [];
    const { version } = await debianKernel('debian:7.3', { notice: (line) => notices.push(line) });
    expect(version).toBe('7.3.10-2~bpo13+1');
    expect(notices).toEqual([
      'debian:7.3 is now 7.3.10-2~bpo13+1; evidence is of 7.3.10-1~bpo13+1',
    ]);
    expect(existsSync(join(folder, 'cache/7.3.10-1~bpo13+1'))).toBe(true);
  });

  test('is the one of the cache if apt fails; without it one line says what is missing', async () => {
    offer('7.3.10-1~bpo13+1');
    await debianKernel('debian:7.3');
    writeFileSync(join(folder, 'bin/apt-cache'), '#!/bin/sh\nexit 100\n');
    expect((await debianKernel('debian:7.3')).version).toBe('7.3.10-1~bpo13+1');

    rmSync(join(folder, 'cache'), { recursive: true });
    const failed = await debianKernel('debian:7.3').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(KernelUnavailable);
    expect(String(failed)).toContain('there is no package linux-binary-7.3. in trixie-backports');
  });
});
