import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Monitor } from './monitor.js';
import type { KernelFiles } from './packages.js';
import { missing, run } from './program.js';

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

/** Waits at a socket path for QEMU to connect. */
async function listen(path: string): Promise<() => Promise<Socket>> {
  const server = createServer();
  const connected = once(server, 'connection') as Promise<[Socket]>;
  connected.catch(() => {});
  server.listen(path);
  await once(server, 'listening');
  return async () => {
    const [socket] = await connected;
    server.close();
    return socket;
  };
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** QEMU as our child; setpriv makes the kernel end it with us, even if we are killed. */
function launch(folder: string, kernel: KernelFiles, initramfs: string): ChildProcess {
  const command = ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...args(folder, kernel, initramfs)];
  const child = spawn('setpriv', command, { stdio: ['ignore', 'ignore', 'pipe'] });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/** Resolves never; rejects when QEMU ends before it is wanted to. */
async function early(child: ChildProcess): Promise<never> {
  let said = '';
  child.stderr!.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const gone = once(child, 'close');
  const failed = once(child, 'error').then(([error]) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing('setpriv') : error;
  });
  const [code, signal] = (await Promise.race([gone, failed])) as [number | null, string | null];
  throw new Error(`QEMU ended at once (${signal ?? code}): ${said.trim() || 'it said nothing'}`);
}

async function connect(folder: string, kernel: KernelFiles, initramfs: string): Promise<Qemu> {
  const doors = await Promise.all(
    ['console', 'channel', 'monitor'].map((name) => listen(join(folder, name))),
  );
  const child = launch(folder, kernel, initramfs);
  const ended = early(child);
  ended.catch(() => {});
  const sockets = await Promise.race([Promise.all(doors.map((door) => door())), ended]);
  const [console, channel, control] = sockets as [Socket, Socket, Socket];
  const monitor = new Monitor(control);
  await Promise.race([monitor.execute('qmp_capabilities'), ended]);
  return { process: child, console, channel, monitor };
}

/** Throws `KernelUnavailable` if this machine cannot run a guest; asked before anything is fetched. */
export async function needQemu(): Promise<void> {
  for (const program of ['qemu-system-x86_64', 'qemu-img', 'setpriv']) {
    await run(program, ['--version']);
  }
}

/** Starts QEMU, stopped before the first instruction. Leaves no file behind, however it ends. */
export async function startQemu(kernel: KernelFiles, initramfs: string): Promise<Qemu> {
  const folder = await mkdtemp(join(tmpdir(), 'recwalk-'));
  try {
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', join(folder, 'kept.qcow2'), '4G']);
    return await connect(folder, kernel, initramfs);
  } finally {
    // By the first QMP answer QEMU has everything open, and open files need no names.
    await rm(folder, { recursive: true, force: true });
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
