import type { Socket } from 'node:net';

/** Calls `onLine` with every complete line, without its line end, that arrives on the socket. */
export function onLines(socket: Socket, onLine: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (piece: string) => {
    const lines = (rest + piece).split(/\r*\n/);
    rest = lines.pop()!;
    for (const line of lines) onLine(line);
  });
  // The exit of QEMU reports a broken socket. Without a listener, node would throw the error.
  socket.on('error', () => {});
}
