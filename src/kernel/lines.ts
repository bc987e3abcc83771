import type { Socket } from 'node:net';

/** Calls `heard` with every complete line, without its line end, that arrives on the socket. */
export function onLines(socket: Socket, heard: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (piece: string) => {
    const lines = (rest + piece).split(/\r*\n/);
    rest = lines.pop()!;
    for (const line of lines) heard(line);
  });
  // The exit of QEMU reports a broken socket. Without a listener, node would throw the error.
  socket.on('error', () => {});
}
