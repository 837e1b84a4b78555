/**
 * The button of `data-load="click"`: it stands where the assistant will be, and has the rest of the script tag fetched
 * when it is pressed. It looks and reads like the button of `<inpage-agent>`, which takes its place.
 */
import type { PartScript, TagConfig } from './parts/index.ts';

/** Shows the button. @param begin fetches the rest, and places it @param asked resolves when somebody else wants the rest */
export type ShowLauncher = (config: TagConfig, begin: () => Promise<void>, asked: Promise<unknown>) => void;

const LABELS: Readonly<Record<string, string>> = {
  en: 'Ask the assistant',
  de: 'Den Assistenten fragen',
  ar: 'اسأل المساعد',
};

const STYLES = `
:host{--_accent:var(--inpage-accent,light-dark(#3152c8,#a3b5ff));--_space:var(--inpage-space,4px)}
button{display:grid;place-items:center;box-sizing:border-box;min-inline-size:56px;min-block-size:56px;padding:0 calc(4*var(--_space));border:1px solid transparent;
border-radius:28px;background:var(--_accent);color:var(--inpage-on-accent,light-dark(#fff,#10163a));cursor:pointer}
button:focus-visible{outline:2px solid var(--_accent);outline-offset:3px}
button[aria-disabled=true]{cursor:progress;opacity:.7}
:host(.floating) button{position:fixed;z-index:var(--inpage-layer,1000);
inset-block-end:max(calc(5*var(--_space)),env(safe-area-inset-bottom));inset-inline-end:calc(5*var(--_space));
box-shadow:0 2px 6px rgb(0 0 0/18%),0 8px 24px rgb(0 0 0/18%)}
:host(.start) button{inset-inline:calc(5*var(--_space)) auto}
svg{inline-size:24px;block-size:24px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linejoin:round;forced-color-adjust:auto}`;

const BUBBLE =
  'M4 5.8A1.8 1.8 0 0 1 5.8 4h8.4A1.8 1.8 0 0 1 16 5.8v5.9a1.8 1.8 0 0 1-1.8 1.8H9.5L6 16.3v-2.8h-.2A1.8 1.8 0 0 1 4 11.7z';

function icon(): SVGElement {
  const make = (name: string, attributes: Readonly<Record<string, string>>): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const drawing = make('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' });
  drawing.append(make('path', { d: BUBBLE }));
  return drawing;
}

/** Puts the focus into what has come. */
function enter(): void {
  const agent = document.querySelector<HTMLElement & { show?(): void }>('inpage-agent');
  if (agent?.show) agent.show();
  else document.querySelector<HTMLElement>('inpage-chat')?.focus();
}

function show({ mount, mode, corner, label }: TagConfig, begin: () => Promise<void>, asked: Promise<unknown>): void {
  const host = document.createElement('div');
  const button = document.createElement('button');
  const parent = (mount ? document.querySelector(mount) : null) ?? document.body;
  const language = parent.closest<HTMLElement>('[lang]')?.lang.split('-')[0] ?? 'en';
  const name = label ?? LABELS[language] ?? LABELS['en'] ?? '';
  button.type = 'button';
  button.ariaLabel = button.title = name;
  button.ariaHasPopup = 'dialog';
  button.ariaExpanded = 'false';
  button.append(icon());
  if (mode === 'floating') host.classList.add('floating', corner ?? 'end');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(button);

  async function go(): Promise<boolean> {
    if (button.ariaDisabled === 'true') return false;
    button.ariaDisabled = 'true';
    try {
      await begin();
      host.remove();
      return true;
    } catch (error) {
      // It can be pressed again.
      button.ariaDisabled = 'false';
      console.error('inpage: the agent could not be started.', error);
      return false;
    }
  }
  button.addEventListener('click', () => {
    void go().then((isThere) => {
      if (isThere) enter();
    });
  });
  void asked.then(go);
  parent.append(host);
}

(document.currentScript as PartScript).exported = show satisfies ShowLauncher;
