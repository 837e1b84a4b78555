/** In the build of the script tag's parts: what a part loads of its own, from a folder beside it. */
import { partsBeside } from '../parts/index.ts';
import type { PartName, PartScript, Tag } from '../parts/index.ts';

const { src, nonce, crossOrigin, tag } = document.currentScript as PartScript;
const hashes: Record<string, string> = {};
let more: Tag | undefined;

/** The parts of this part: they come as it did, and use what it uses. */
function open(): Tag {
  const folder = new URL(src.includes('/more/') ? '.' : 'more/', src).href;
  const own = partsBeside({ src: folder, nonce, crossOrigin } as HTMLScriptElement, hashes);
  const load = own.load.bind(own);
  own.shared = tag?.shared;
  own.load = async (name) => (name.startsWith('parts/') ? tag?.load(name) : load(name));
  return own;
}

/** What the build has in the place of `import()` in a part. */
export async function importMore(name: string, integrity: string): Promise<unknown> {
  hashes[name] = integrity;
  return (more ??= open()).load(name as PartName);
}
