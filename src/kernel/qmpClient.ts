import type { Socket } from 'node:net';
import { onLines } from './lines.js';

interface Reply {
  return?: unknown;
  error?: { desc: string };
  event?: string;
  data?: unknown;
}

/** A client of QEMU's machine protocol (QMP) with the commands that a guest needs. */
export class QmpClient {
  /** Called for each event that QEMU emits, for example SHUTDOWN. */
  onEvent: (event: string, detail: unknown) => void = () => {};
  private waiting: { resolve(value: unknown): void; reject(error: Error): void }[] = [];
  private closed = false;

  constructor(private readonly socket: Socket) {
    onLines(socket, (line) => this.receive(JSON.parse(line) as Reply));
    socket.on('close', () => {
      this.closed = true;
      for (const { reject } of this.waiting.splice(0)) reject(new Error('QEMU has ended'));
    });
  }

  private receive(reply: Reply): void {
    if (reply.event) this.onEvent(reply.event, reply.data);
    else if (reply.error) this.waiting.shift()?.reject(new Error(reply.error.desc));
    else if ('return' in reply) this.waiting.shift()?.resolve(reply.return);
  }

  /** Sends one QMP command. Rejects with QEMU's error text, or once QEMU has ended. */
  execute(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
    if (this.closed) return Promise.reject(new Error('QEMU has ended'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    });
  }

  /** Sends a line to the human monitor, which prints nothing on success. Throws what it prints. */
  private async human(line: string): Promise<void> {
    const emitted = await this.execute('human-monitor-command', { 'command-line': line });
    if (typeof emitted === 'string' && emitted.trim())
      throw new Error(`${line}: ${emitted.trim()}`);
  }

  /** Saves the present state of the guest under a name (savevm). */
  save(name: string): Promise<void> {
    return this.human(`savevm ${name}`);
  }

  /** Restores a saved state (loadvm) and lets the guest run, whatever its present state is. */
  async load(name: string): Promise<void> {
    await this.human(`loadvm ${name}`);
    const { running } = (await this.execute('query-status')) as { running: boolean };
    if (!running) await this.execute('cont');
  }
}
