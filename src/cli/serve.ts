import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '../model/fault.js';

/**
 * Serves one page to this machine alone until the signal comes; tells where once it does. Throws
 * RW047 if the port cannot be had.
 */
export async function serve(
  html: string,
  port: number,
  signal: AbortSignal,
  tell: (address: string) => void,
): Promise<true> {
  const server = createServer((request, response) => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname === '/')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('only / is here\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        new Fault(
          'RW047',
          `--port ${port} cannot be had (${code}); type another one, or leave it out for any that is free`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  tell(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  server.close();
  server.closeAllConnections();
  return true;
}
