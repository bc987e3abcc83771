import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** Sends lines to a WebSocket server in order, and closes the connection. Rejects if the connection fails. */
export async function sendTo(address: string, lines: readonly string[]): Promise<void> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => {
      for (const line of lines) socket.send(line);
      // Closes only after all lines are sent.
      socket.close(1000);
    });
    socket.once('close', () => resolve());
  });
}

/** Pages on this machine, and Stately's inspector. */
const ORIGIN = /^(https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?|https:\/\/stately\.ai)$/;

/**
 * Whether a client may connect. A browser lets every page open a socket to this machine, and sends the page's origin.
 * Programs that are not browsers send no origin.
 */
const isWelcome = (origin: string | undefined): boolean =>
  origin === undefined || ORIGIN.test(origin);

/**
 * Sends all lines to each client that connects, until the signal aborts. Calls `onListening` with the address. Rejects if the
 * server cannot listen.
 */
export async function serveTo(
  port: number,
  lines: readonly string[],
  signal: AbortSignal,
  onListening: (address: string) => void,
): Promise<void> {
  const server = new WebSocketServer({
    port,
    host: '127.0.0.1',
    verifyClient: ({ req }, answer) => answer(isWelcome(req.headers.origin), 403),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', resolve);
  });
  server.on('connection', (client) => {
    client.on('error', () => client.terminate());
    for (const line of lines) client.send(line);
  });
  onListening(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  for (const client of server.clients) client.terminate();
  server.close();
}
