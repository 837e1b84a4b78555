/**
 * Parts of the script tag: classic scripts beside the loader, fetched when they are needed.
 *
 * They come by script elements, so that whatever lets the loader run lets them run: its nonce, its origin, `strict-dynamic`.
 * No policy has to allow a fetch, and nothing is made of text.
 */
import { find } from './find.ts';
import { scriptUrl, typesPolicy } from './trusted-types.ts';
import type { TypesPolicy } from './trusted-types.ts';

/** A part's address beside the loader, without `.js`. Those in `parts` are what the page's half imports later. */
export type PartName = 'page' | 'worker' | 'worker-models' | 'worker-workflows' | `parts/${string}`;

/** Where a part is, and what has to be found there. */
export interface TagFile {
  /** Absolute. */
  readonly url: string;
  /** `sha256-…`; missing where the page may not read what it loads. */
  readonly integrity?: string;
}

/** What every part may use of the loader. */
export interface Tag {
  /** What a part has left; it is fetched once, or again after it could not be loaded. */
  load(name: PartName): Promise<unknown>;
  /** Where a part is that a worker imports. */
  fileOf(name: PartName): TagFile;
  /** The first element of a selector; none where it is no selector. */
  find(selector: string): Element | null;
  /** An address in the form that scripts and workers take on this page. */
  scriptUrl(url: string): string;
  /** The page's policy for Trusted Types, which Lit uses as well, so that a site has to name no other. */
  typesPolicy(): TypesPolicy | undefined;
  /** The integrity of each part, as `sha256-…`. The page's half adds those of what is loaded later. */
  readonly hashes: Record<string, string>;
  /** What the page's half shares with its parts, so that they need no copy of their own. */
  shared?: unknown;
}

/** The element that a part runs in: the loader leaves `tag` there, and the part what it exports. */
export interface PartScript extends HTMLScriptElement {
  tag?: Tag;
  exported?: unknown;
}

/**
 * The parts beside a loader.
 *
 * @param loader the element that the loader runs in.
 * @param hashes the integrity of the first parts, as `sha256-…`.
 */
export function partsBeside(loader: HTMLScriptElement, hashes: Record<string, string>): Tag {
  const loading = new Map<PartName, Promise<unknown>>();
  // What may not be read cannot be held against a hash. A sandboxed page has no origin, whatever its address says.
  const isReadable = loader.crossOrigin !== null || new URL(loader.src).origin === origin;

  function load(name: PartName): Promise<unknown> {
    let part = loading.get(name);
    if (part === undefined) {
      part = add(name);
      loading.set(name, part);
      part.catch(() => loading.delete(name));
    }
    return part;
  }

  function fileOf(name: PartName): TagFile {
    const integrity = hashes[name] ?? '';
    const url = new URL(`${name}.js`, loader.src);
    // So that no cache can give the part of another version.
    url.search = `v=${encodeURIComponent(integrity.slice(-8))}`;
    return { url: url.href, ...(isReadable ? { integrity } : {}) };
  }

  async function add(name: PartName): Promise<unknown> {
    const script: PartScript = document.createElement('script');
    const { url, integrity = '' } = fileOf(name);
    script.integrity = integrity;
    script.crossOrigin = loader.crossOrigin;
    script.nonce = loader.nonce;
    // Else it is read in the page's character set, where the server names none.
    script.setAttribute('charset', 'utf-8');
    script.tag = tag;
    script.src = scriptUrl(url);
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => {
        reject(new DOMException(`${url} could not be loaded, or is not of this inpage.js`, 'NetworkError'));
      };
      document.head.append(script);
    });
    script.remove();
    return script.exported;
  }

  const tag: Tag = { load, fileOf, find, scriptUrl, typesPolicy, hashes };
  return tag;
}
