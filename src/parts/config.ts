/** What a script tag says. */

/** A tag's settings, by the names of its `data-` attributes in camel case. */
export type TagConfig = Readonly<Record<string, string | undefined>>;

/** No key belongs where whoever reads the page finds it. */
const SECRETS = ['key', 'apiKey', 'token'];

/** The settings of the page's JSON block, if it has one, and of the tag, which win. */
export function configOf(script: HTMLScriptElement): TagConfig {
  const config: TagConfig = { ...readBlock(), ...Object.fromEntries(Object.entries(script.dataset)) };
  const secret = SECRETS.find((name) => config[name] !== undefined);
  if (secret !== undefined) {
    console.error(
      `inpage: "${secret}" is not used. A key in a page is anybody's: change it, and let an endpoint of yours keep the new one (data-endpoint).`,
    );
  }
  return config;
}

function readBlock(): TagConfig {
  const text = document.querySelector('script[type="application/json"][data-inpage]')?.textContent;
  if (text === undefined) return {};
  try {
    const block: unknown = JSON.parse(text);
    if (typeof block === 'object' && block !== null) {
      return Object.fromEntries(Object.entries(block).map(([name, value]) => [name, String(value)]));
    }
    console.error('inpage: the JSON block of the page holds no object, so that it is not used.');
  } catch (error) {
    console.error('inpage: the JSON block of the page cannot be read, so that it is not used.', error);
  }
  return {};
}
