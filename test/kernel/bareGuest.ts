import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CpioFile, cpio } from '../../src/kernel/cpio.js';
import { failureIn } from '../../src/kernel/guestFailure.js';
import { onLines } from '../../src/kernel/lines.js';
import type { KernelFiles } from '../../src/kernel/packages.js';
import { startQemu, stopQemu } from '../../src/kernel/qemu.js';

/** Debian's busybox-static: a shell that needs no libraries. */
const BUSYBOX = '/bin/busybox';
const END = 'that was all';

const init = (script: string) => `#!/busybox sh
/busybox mkdir -p /bin /proc /sys /dev /tmp
/busybox --install -s /bin
export PATH=/bin
mount -t devtmpfs dev /dev
exec >/dev/ttyS1 2>&1
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tracefs trace /sys/kernel/tracing
${script}
echo ${END}
while :; do sleep 1000; done
`;

/** A file of the guest with this content. */
export const fileOf = (name: string, data: string | Uint8Array, mode = 0o644): CpioFile => ({
  name,
  mode,
  data: typeof data === 'string' ? Buffer.from(data) : data,
});

/**
 * Boots a kernel with only busybox and `files`, all in its root folder, and runs a shell script there as root.
 * Returns the lines that the script printed, with a last line PANIC if the kernel panicked; throws with the last 20
 * console lines if QEMU exits first.
 */
export async function inBareGuest(
  kernel: KernelFiles,
  files: readonly CpioFile[],
  script: string,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'recwalk-bare-'));
  const initramfs = join(folder, 'initramfs');
  if (!existsSync(BUSYBOX)) throw new Error(`no ${BUSYBOX}: apt-get install busybox-static`);
  const busybox = fileOf('busybox', await readFile(BUSYBOX), 0o755);
  await writeFile(initramfs, cpio([fileOf('init', init(script), 0o755), busybox, ...files]));
  const qemu = await startQemu(kernel, initramfs);
  try {
    const printed: string[] = [];
    const console: string[] = [];
    const done = new Promise<void>((resolve) => {
      onLines(qemu.console, (line) => {
        console.push(line);
        if (failureIn(line) !== 'panic') return;
        printed.push('PANIC');
        resolve();
      });
      onLines(qemu.channel, (line) => (line === END ? resolve() : printed.push(line)));
    });
    await qemu.qmp.execute('cont');
    const ended = once(qemu.process, 'exit').then(() => {
      throw new Error(`the guest ended:\n${console.slice(-20).join('\n')}`);
    });
    await Promise.race([done, ended]);
    return printed;
  } finally {
    await stopQemu(qemu);
    await rm(folder, { recursive: true });
  }
}
