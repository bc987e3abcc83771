import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KernelFiles } from './packages.js';
import { run } from './program.js';
import { QmpClient } from './qmpClient.js';

/** A running QEMU and its three connections. */
export interface Qemu {
  process: ChildProcess;
  /** The kernel's messages (ttyS0). */
  console: Socket;
  /** Requests to /init and its answers (ttyS1). */
  channel: Socket;
  qmp: QmpClient;
}

/**
 * nokaslr fixes the order in hashed filters. loglevel=5 prints splats on the console. panic=0 keeps a guest from
 * rebooting after a panic, so that loadvm can restore it.
 */
const COMMAND_LINE =
  'console=ttyS0 loglevel=5 nokaslr panic=0 mitigations=off nowatchdog audit=0 apparmor=0';

function args(folder: string, kernel: KernelFiles, initramfs: string): string[] {
  const socket = (id: string) => `socket,id=${id},path=${join(folder, id)}`;
  return [
    ['-machine', 'pc', '-cpu', 'max', '-accel', 'tcg', '-smp', '1', '-m', '256'],
    // Virtual time skips idle waits, so the 0.12 s of an RCU-tasks grace period cost nothing. A fixed shift makes
    // guest time independent of the load of the host.
    ['-icount', 'shift=3,sleep=off'],
    ['-nodefaults', '-no-user-config', '-display', 'none', '-nic', 'none'],
    // Stop a guest that resets itself, but keep its QEMU, so that loadvm can restore the saved state.
    ['-no-reboot', '-no-shutdown', '-S'],
    ['-kernel', kernel.image, '-initrd', initramfs, '-append', COMMAND_LINE],
    ['-chardev', socket('console'), '-serial', 'chardev:console'],
    ['-chardev', socket('channel'), '-serial', 'chardev:channel'],
    ['-chardev', socket('qmp'), '-mon', 'chardev=qmp,mode=control'],
    // No device uses this drive; savevm stores its snapshot there.
    ['-drive', `if=none,id=kept,format=qcow2,cache=unsafe,file=${join(folder, 'kept.qcow2')}`],
  ].flat();
}

/** A listening socket that QEMU connects to once. */
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
 * Starts QEMU as a child process. setpriv makes the kernel kill it when this process ends, even by SIGKILL. It has its
 * own session, so that Ctrl-C reaches only this process: a replay finishes its current step.
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

/** Never resolves; rejects with QEMU's error output when QEMU ends. */
async function early(child: ChildProcess): Promise<never> {
  let emitted = '';
  child.stderr!.on('data', (piece: Buffer) => {
    emitted += piece.toString();
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  throw new Error(
    `QEMU ended at once (${signal ?? code}): ${emitted.trim() || 'it printed nothing'}`,
  );
}

async function connect(folder: string, kernel: KernelFiles, initramfs: string): Promise<Qemu> {
  const doors = await Promise.all(
    ['console', 'channel', 'qmp'].map((name) => openDoor(join(folder, name))),
  );
  try {
    const child = launch(folder, kernel, initramfs);
    const ended = early(child);
    ended.catch(() => {});
    const entered = Promise.all(doors.map((door) => door.entered));
    const sockets = await Promise.race([entered, ended]);
    const [console, channel, control] = sockets as [Socket, Socket, Socket];
    const qmp = new QmpClient(control);
    // A broken connection means that QEMU ends; its own error output explains more.
    await qmp.execute('qmp_capabilities').catch(() => ended);
    return { process: child, console, channel, qmp };
  } finally {
    // An open server would keep the node process from exiting.
    for (const door of doors) door.close();
  }
}

/** Throws `KernelUnavailable` if this machine cannot run a guest. Call it before fetching anything. */
export async function needQemu(): Promise<void> {
  for (const program of ['qemu-system-x86_64', 'qemu-img', 'setpriv']) {
    await run(program, ['--version']);
  }
}

/** Starts QEMU, stopped before the first instruction. Afterwards it needs no file of its folder. */
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
    // By the first QMP reply QEMU has opened all its files, so their names can go.
    tidy();
    process.off('exit', tidy);
  }
}

/** Kills QEMU and resolves when it has exited. */
export async function stopQemu(qemu: Qemu): Promise<void> {
  for (const socket of [qemu.console, qemu.channel]) socket.removeAllListeners('data').destroy();
  if (qemu.process.exitCode !== null || qemu.process.signalCode !== null) return;
  const gone = once(qemu.process, 'exit');
  qemu.process.kill('SIGKILL');
  await gone;
}
