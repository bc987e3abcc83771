import type { Socket } from 'node:net';

/** Calls `heard` with every whole line (without its end) that arrives on the socket. */
export function onLines(socket: Socket, heard: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (piece: string) => {
    const lines = (rest + piece).split(/\r*\n/);
    rest = lines.pop()!;
    for (const line of lines) heard(line);
  });
  // What a broken socket means is told by QEMU's end; without a listener it would be thrown.
  socket.on('error', () => {});
}
