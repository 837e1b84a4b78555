/** The policies that a page's owner may have, and what each lets the three ways to embed the agent do. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from '../../helpers/built.js';

export const NONCE = 'cmFuZG9t';

export interface Policy {
  /** As the table names it. */
  readonly name: string;
  /** The Content-Security-Policy. */
  readonly csp?: string;
  /** Headers beside it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the frame that holds the page may do; without it the page is no frame. */
  readonly sandbox?: string;
  /** Whether it refuses what a bundled app loads later, which the site has to mend. */
  readonly refusesImports?: boolean;
}

const SELF = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
const NONCED = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'self'`;
const DYNAMIC = `script-src 'nonce-${NONCE}' 'strict-dynamic'; object-src 'none'; base-uri 'none'`;
const WORKERS = "worker-src 'self' blob:";
const TYPED = "require-trusted-types-for 'script'";

/** The hash of a file as a policy and an `integrity` attribute have it, and as `dist/integrity.json` does: the policy has to name that. */
export const hashOf = (code: string | Buffer): string => `sha256-${createHash('sha256').update(code).digest('base64')}`;

/** The hashes of what a page loads by a tag. @param own the page's own scripts */
const hashes = (own: readonly string[], parts: readonly string[]): string =>
  [...own.map(hashOf), ...parts.map((name) => hashOf(readFileSync(`${ROOT}dist/${name}`)))]
    .map((hash) => `'${hash}'`)
    .join(' ');

/** The rows of the table. @param own what the page has of scripts of its own, as their text */
export function policies(own: readonly string[]): readonly Policy[] {
  const parts = ['parts', 'parts/more'].flatMap((folder) =>
    readdirSync(`${ROOT}dist/${folder}`).flatMap((name) => (name.endsWith('.js') ? `${folder}/${name}` : [])),
  );
  const files = ['inpage.js', 'page.js', 'worker.js', ...parts];
  return [
    { name: 'no policy' },
    { name: "`script-src 'self'`", csp: SELF },
    { name: "`script-src 'self'; worker-src 'self'`", csp: `${SELF}; worker-src 'self'` },
    { name: "`script-src 'self'; worker-src blob:`", csp: `${SELF}; worker-src blob:` },
    { name: "`script-src 'self'; worker-src 'self' blob:`", csp: `${SELF}; ${WORKERS}` },
    { name: "`script-src 'self'; child-src 'self' blob:`", csp: `${SELF}; child-src 'self' blob:` },
    { name: "`script-src 'self'; worker-src 'none'`", csp: `${SELF}; worker-src 'none'` },
    { name: '`script-src` with a nonce', csp: NONCED },
    { name: "`script-src` with a nonce, `worker-src 'self' blob:`", csp: `${NONCED}; ${WORKERS}` },
    {
      name: "`script-src` with hashes, `worker-src 'self' blob:`",
      csp: `default-src 'none'; script-src ${hashes(own, files)}; style-src 'self'; ${WORKERS}`,
      refusesImports: true,
    },
    {
      name: "`script-src` with hashes and `'strict-dynamic'`, `worker-src 'self' blob:`",
      csp: `default-src 'none'; script-src ${hashes(own, ['inpage.js'])} 'strict-dynamic'; style-src 'self'; ${WORKERS}`,
      refusesImports: true,
    },
    { name: "`script-src` with a nonce and `'strict-dynamic'`", csp: DYNAMIC },
    {
      name: "`script-src` with a nonce and `'strict-dynamic'`, `worker-src 'self' blob:`",
      csp: `${DYNAMIC}; ${WORKERS}`,
    },
    { name: "`style-src 'none'`", csp: "style-src 'none'" },
    { name: "`connect-src 'none'`", csp: "connect-src 'none'" },
    { name: `\`${TYPED}\``, csp: TYPED },
    { name: `\`${TYPED}; trusted-types inpage lit-html\``, csp: `${TYPED}; trusted-types inpage lit-html` },
    { name: `\`${TYPED}; trusted-types inpage\``, csp: `${TYPED}; trusted-types inpage` },
    { name: `\`${TYPED}; trusted-types lit-html\``, csp: `${TYPED}; trusted-types lit-html` },
    {
      name: 'all of it: nonce, `worker-src`, Trusted Types with names',
      csp: `${NONCED}; ${WORKERS}; ${TYPED}; trusted-types inpage lit-html; base-uri 'none'; form-action 'none'`,
    },
    { name: 'frame with `sandbox="allow-scripts"`', sandbox: 'allow-scripts' },
    { name: 'frame with `sandbox="allow-scripts allow-same-origin"`', sandbox: 'allow-scripts allow-same-origin' },
    {
      name: 'isolated: `COOP: same-origin`, `COEP: require-corp`',
      headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
    },
  ];
}
