import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../../model/userError.js';

/**
 * Hosts under which a browser on this machine may request the page. Any other host is refused, because a page elsewhere
 * can make its own name resolve to this machine (DNS rebinding).
 */
const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Serves one page on the loopback address until the signal aborts. Calls `onListening` with the address once it listens.
 * Throws RW047 if the port is not available.
 */
export async function serve(
  html: string,
  port: number,
  signal: AbortSignal,
  onListening: (address: string) => void,
): Promise<true> {
  let hosts: readonly string[] = [];
  const server = createServer(({ headers: { host = '' }, method = '', url = '' }, response) => {
    const answer = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
    if (!hosts.includes(host.toLowerCase())) answer(421, `only http://${hosts[0]}/ is here`);
    else if (!['GET', 'HEAD'].includes(method)) answer(405, 'only GET is here');
    else if (!/^\/(\?.*)?$/.test(url)) answer(404, 'only / is here');
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        new UserError(
          'RW047',
          `--port ${port} is not available (${code}); type another one, or omit --port for any free port`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  // Browsers omit port 80 from the Host header.
  hosts = NAMES.map((name) => (bound === 80 ? name : `${name}:${bound}`));
  onListening(`http://127.0.0.1:${bound}/`);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  server.close();
  server.closeAllConnections();
  return true;
}
