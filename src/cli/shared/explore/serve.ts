import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../../model/userError.js';

/** How a browser on this machine may call it: other names may lead here too, by a page elsewhere (DNS rebinding). */
const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

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
          `--port ${port} cannot be had (${code}); type another one, or leave it out for any that is free`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const had = (server.address() as AddressInfo).port;
  // A browser leaves port 80 out.
  hosts = NAMES.map((name) => (had === 80 ? name : `${name}:${had}`));
  tell(`http://127.0.0.1:${had}/`);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  server.close();
  server.closeAllConnections();
  return true;
}
