/** A static server for one folder, on a port of its own: two servers are two origins. */
import { readFile } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import { extname, join, sep } from 'node:path';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.yaml': 'text/yaml; charset=utf-8',
};

/**
 * Serves `folder` on 127.0.0.1. `/` is `index.html`, and what is not there is a 404.
 *
 * @param {string} folder
 * @param {{ headers?: Readonly<Record<string, string>>, edit?: (html: string) => string, proxy?: Readonly<Record<string, string>> }}
 *   [options] `headers` for every answer; `edit` changes each HTML page on its way out, such as to put in a nonce; `proxy`
 *   names beginnings of paths and the addresses that stand in for them.
 * @returns {Promise<{ origin: string, close(): Promise<void> }>} `close` also ends the connections that are open.
 */
export async function serve(folder, { headers = {}, edit = (html) => html, proxy = {} } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const begin = Object.keys(proxy).find((name) => pathname.startsWith(name));
    if (begin !== undefined) {
      const { method, headers } = request;
      const there = ask(pathname.replace(begin, proxy[begin] ?? ''), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(there);
      return;
    }
    const path = join(folder, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const read = path.startsWith(join(folder, sep)) ? readFile(path) : Promise.reject(new Error('outside the folder'));
    read.then(
      (bytes) => {
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', ...headers });
        response.end(type.startsWith('text/html') ? edit(bytes.toString('utf8')) : bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}
