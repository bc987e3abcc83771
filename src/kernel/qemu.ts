import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Monitor } from './monitor.js';
import type { KernelFiles } from './packages.js';
import { run } from './program.js';

/** A running QEMU and the three lines that lead into it. */
export interface Qemu {
  process: ChildProcess;
  /** Kernel messages (ttyS0). */
  console: Socket;
  /** Our own conversation with the guest (ttyS1). */
  channel: Socket;
  monitor: Monitor;
}

/**
 * nokaslr fixes the order in hashed filters; loglevel=5 lets splats reach the console; panic=0
 * keeps a dead guest where it is, for loadvm.
 */
const COMMAND_LINE =
  'console=ttyS0 loglevel=5 nokaslr panic=0 mitigations=off nowatchdog audit=0 apparmor=0';

function args(folder: string, kernel: KernelFiles, initramfs: string): string[] {
  const socket = (id: string) => `socket,id=${id},path=${join(folder, id)}`;
  return [
    ['-machine', 'pc', '-cpu', 'max', '-accel', 'tcg', '-smp', '1', '-m', '256'],
    // Virtual time jumps over idle waits, so the 0.12 s of an RCU-tasks grace period cost nothing;
    // a fixed shift keeps guest time apart from how busy the host is.
    ['-icount', 'shift=3,sleep=off'],
    ['-nodefaults', '-no-user-config', '-display', 'none', '-nic', 'none'],
    // A guest that resets itself is kept, stopped, so that loadvm can bring the good one back.
    ['-no-reboot', '-no-shutdown', '-S'],
    ['-kernel', kernel.image, '-initrd', initramfs, '-append', COMMAND_LINE],
    ['-chardev', socket('console'), '-serial', 'chardev:console'],
    ['-chardev', socket('channel'), '-serial', 'chardev:channel'],
    ['-chardev', socket('monitor'), '-mon', 'chardev=monitor,mode=control'],
    // No device uses this drive; savevm wants a place to write to.
    ['-drive', `if=none,id=kept,format=qcow2,cache=unsafe,file=${join(folder, 'kept.qcow2')}`],
  ].flat();
}

/** A socket path at which QEMU is expected once. */
interface Door {
  entered: Promise<Socket>;
  close(): void;
}

async function openDoor(path: string): Promise<Door> {
  const server = createServer();
  const entered = once(server, 'connection').then(([socket]) => socket as Socket);
  entered.catch(() => {});
  server.listen(path);
  await once(server, 'listening');
  return { entered, close: () => server.close() };
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * QEMU as our child; setpriv makes the kernel end it with us, even if we are killed. It has a
 * session of its own, because Ctrl-C is for us: a replay finishes the step it is at.
 */
function launch(folder: string, kernel: KernelFiles, initramfs: string): ChildProcess {
  const command = ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...args(folder, kernel, initramfs)];
  const child = spawn('setpriv', command, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/** Resolves never; rejects when QEMU ends before it is wanted to. */
async function early(child: ChildProcess): Promise<never> {
  let emitted = '';
  child.stderr!.on('data', (piece: Buffer) => {
    emitted += piece.toString();
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  throw new Error(`QEMU ended at once (${signal ?? code}): ${emitted.trim() || 'it said nothing'}`);
}

async function connect(folder: string, kernel: KernelFiles, initramfs: string): Promise<Qemu> {
  const doors = await Promise.all(
    ['console', 'channel', 'monitor'].map((name) => openDoor(join(folder, name))),
  );
  try {
    const child = launch(folder, kernel, initramfs);
    const ended = early(child);
    ended.catch(() => {});
    const entered = Promise.all(doors.map((door) => door.entered));
    const sockets = await Promise.race([entered, ended]);
    const [console, channel, control] = sockets as [Socket, Socket, Socket];
    const monitor = new Monitor(control);
    // A broken line means that QEMU ends, and it says better itself what it died of.
    await monitor.execute('qmp_capabilities').catch(() => ended);
    return { process: child, console, channel, monitor };
  } finally {
    // An open door would keep node alive.
    for (const door of doors) door.close();
  }
}

/** Throws `KernelUnavailable` if this machine cannot run a guest; asked before anything is fetched. */
export async function needQemu(): Promise<void> {
  for (const program of ['qemu-system-x86_64', 'qemu-img', 'setpriv']) {
    await run(program, ['--version']);
  }
}

/** Starts QEMU, stopped before the first instruction. Once it runs it needs no file any more. */
export async function startQemu(kernel: KernelFiles, initramfs: string): Promise<Qemu> {
  const folder = await mkdtemp(join(tmpdir(), 'recwalk-'));
  const tidy = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', tidy);
  try {
    const kept = join(folder, 'kept.qcow2');
    const { code, stderr } = await run('qemu-img', ['create', '-q', '-f', 'qcow2', kept, '4G']);
    if (code !== 0) throw new Error(`qemu-img cannot make ${kept}: ${stderr.trim()}`);
    return await connect(folder, kernel, initramfs);
  } finally {
    // By the first QMP answer QEMU has everything open, and open files need no names.
    tidy();
    process.off('exit', tidy);
  }
}

/** Ends QEMU and waits until it is gone. */
export async function stopQemu(qemu: Qemu): Promise<void> {
  for (const socket of [qemu.console, qemu.channel]) socket.removeAllListeners('data').destroy();
  if (qemu.process.exitCode !== null || qemu.process.signalCode !== null) return;
  const gone = once(qemu.process, 'exit');
  qemu.process.kill('SIGKILL');
  await gone;
}
