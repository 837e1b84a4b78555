/** A site under every policy: a host name for each cell of the table, so that none sees what another has stored. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../../helpers/built.js';
import { hashOf, NONCE } from './policies.ts';
import type { App } from './app.ts';
import type { Policy } from './policies.ts';

/** How a page embeds the agent. */
export type Way = 'tag' | 'app' | 'own';

/** What a browser has reported. */
export interface Report {
  readonly directive: string;
  readonly blocked: string;
}

export interface Site {
  /** Where a page is. */
  url(policy: number, way: Way): string;
  /** What was reported from it. */
  reports(policy: number, way: Way): readonly Report[];
  close(): Promise<void>;
}

/** The script of the page's own, where it embeds by the tag: it offers the tools of the bundled app. */
export const OWN_SCRIPT = `${readFileSync(join(ROOT, 'test/fixtures/app/tools.js'), 'utf8').replace('export ', '')}
(window.inpage ??= []).push((agent) => { offerTools(agent.tool); });`;

function pageOf(way: Way, app: App, loader: Buffer): string {
  const script = (src: string, text: string | Buffer, attributes: string): string =>
    `<script src="${src}" nonce="${NONCE}" integrity="${hashOf(text)}" ${attributes}></script>`;
  const scripts =
    way === 'app'
      ? script(`/app/${app.name}`, app.text, 'type="module" crossorigin')
      : script('/site.js', OWN_SCRIPT, 'crossorigin') +
        script(
          '/inpage/inpage.js',
          loader,
          // Without a word it waits for a press.
          `defer crossorigin${way === 'own' ? ' data-mount="#help" data-worker-url="/inpage/worker.js"' : ''}`,
        );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lights</title></head><body><h1>Lights</h1>
<p>The kitchen light is <output id="kitchen">off</output>.</p><div id="help"></div>${scripts}</body></html>`;
}

export async function openSite(policies: readonly Policy[], app: App): Promise<Site> {
  const loader = await readFile(join(ROOT, 'dist', 'inpage.js'));
  const reported = new Map<string, Report[]>();
  const of = (cell: string): Report[] => {
    const list = reported.get(cell) ?? [];
    reported.set(cell, list);
    return list;
  };
  const server = createServer((request, response) => {
    const [cell = ''] = (request.headers.host ?? '').split('.');
    const [way = 'tag', row = '0'] = cell.split('-') as [Way?, string?];
    const { csp, headers, sandbox } = policies[Number(row)] ?? { name: '' };
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (pathname === '/report') {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const { 'csp-report': report } = JSON.parse(body) as { 'csp-report': Record<string, string> };
        of(cell).push({ directive: report['effective-directive'] ?? '', blocked: report['blocked-uri'] ?? '' });
        response.writeHead(204).end();
      });
      return;
    }
    const all: Record<string, string> = {
      'cache-control': 'no-cache',
      // A sandboxed frame has no origin, and asks for scripts as a stranger.
      'access-control-allow-origin': '*',
      ...headers,
      ...(csp === undefined ? {} : { 'content-security-policy': `${csp}; report-uri /report` }),
    };
    const give = (type: string, body: string | Buffer): void => {
      response.writeHead(200, { ...all, 'content-type': `${type}; charset=utf-8` }).end(body);
    };
    if (pathname === '/') {
      if (sandbox === undefined) give('text/html', pageOf(way, app, loader));
      else give('text/html', `<!doctype html><title>Frame</title><iframe src="/in" sandbox="${sandbox}"></iframe>`);
    } else if (pathname === '/in') give('text/html', pageOf(way, app, loader));
    else if (pathname === '/site.js') give('text/javascript', OWN_SCRIPT);
    else {
      const path = pathname.startsWith('/app/')
        ? join(app.folder, pathname.slice('/app/'.length))
        : join(ROOT, 'dist', pathname.slice('/inpage/'.length));
      readFile(path).then(
        (body) => {
          give('text/javascript', body);
        },
        () => response.writeHead(404).end(),
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (policy, way) => `http://${way}-${policy}.localhost:${port}/`,
    reports: (policy, way) => of(`${way}-${policy}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
