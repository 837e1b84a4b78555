/** What a script tag says. */

/** A tag's settings, by the names of its `data-` attributes in camel case. */
export type TagConfig = Readonly<Record<string, string | undefined>>;

/** No key belongs where whoever reads the page finds it. */
const SECRETS = ['key', 'apiKey', 'token'];

/** The settings of the page's JSON block, if it has one, and of the tag, which win. The page has been parsed. */
export function configOf(script: HTMLScriptElement): TagConfig {
  const config: TagConfig = { ...readBlock(), ...Object.fromEntries(Object.entries(script.dataset)) };
  const secret = SECRETS.find((name) => config[name] !== undefined);
  if (secret !== undefined) {
    console.error(
      `inpage: "${secret}" is not used: a key in a page is anybody's. Keep a new one behind data-endpoint.`,
    );
  }
  const waiting = [...document.querySelectorAll(':not(:defined)')].map(({ localName }) => localName);
  // Two buttons would stand in one corner.
  const corner = waiting.includes('inpage-agent') ? 'none' : 'floating';
  const mode = config['mode'] || (config['mount'] ? 'inline' : corner);
  // What the page has placed itself comes to life without a press.
  const hasElements = waiting.some((name) => name.startsWith('inpage-'));
  const load = config['load'] ?? (mode === 'floating' && !hasElements ? 'click' : 'idle');
  check('mode', mode, ['inline', 'floating', 'none']);
  check('load', load, ['idle', 'visible', 'click']);
  return { ...config, mode, load };
}

/** Says what a setting is taken for that is none: the first of those that there are. */
function check(name: string, value: string, known: readonly string[]): void {
  if (!known.includes(value))
    console.warn(`inpage: data-${name}="${value}" is none of ${known.join(', ')}; it is taken for the first.`);
}

function readBlock(): TagConfig {
  const text = document.querySelector('script[type="application/json"][data-inpage]')?.textContent;
  if (text === undefined) return {};
  try {
    const block: unknown = JSON.parse(text);
    if (typeof block === 'object' && block !== null) {
      return Object.fromEntries(Object.entries(block).map(([name, value]) => [name, String(value)]));
    }
    console.error('inpage: the JSON block of the page cannot be read: it holds no object.');
  } catch (error) {
    console.error('inpage: the JSON block of the page cannot be read:', error);
  }
  return {};
}
