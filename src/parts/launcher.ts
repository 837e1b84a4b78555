/**
 * The button of `data-load="click"`: it stands where the assistant will be, and has the rest of the script tag fetched
 * when it is pressed. It looks and reads like the button of `<inpage-agent>`, which takes its place.
 */
import type { TagConfig } from './config.ts';
import { find } from './find.ts';
import { rememberUse } from './used.ts';

const LABELS: Readonly<Record<string, string>> = {
  en: 'Ask the assistant',
  de: 'Den Assistenten fragen',
  ar: 'اسأل المساعد',
};

const STYLES = `
:host{--_accent:var(--inpage-accent,light-dark(#3152c8,#a3b5ff))}
button{display:grid;place-items:center;min-inline-size:56px;min-block-size:56px;padding:0 calc(4*var(--inpage-space,4px));border:1px solid transparent;
border-radius:28px;background:var(--_accent);color:var(--inpage-on-accent,light-dark(#fff,#10163a));cursor:pointer}
button:focus-visible{outline:2px solid var(--_accent);outline-offset:3px}
button[aria-disabled=true]{cursor:progress;opacity:.7}
:host(.floating) button{position:fixed;z-index:var(--inpage-layer,1000);
inset-block-end:max(calc(5*var(--inpage-space,4px)),env(safe-area-inset-bottom));inset-inline-end:calc(5*var(--inpage-space,4px));
box-shadow:0 2px 6px rgb(0 0 0/18%),0 8px 24px rgb(0 0 0/18%)}
:host(.start) button{inset-inline:calc(5*var(--inpage-space,4px)) auto}
svg{inline-size:24px;block-size:24px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linejoin:round;forced-color-adjust:auto}`;

const BUBBLE =
  'M4 5.8A1.8 1.8 0 0 1 5.8 4h8.4A1.8 1.8 0 0 1 16 5.8v5.9a1.8 1.8 0 0 1-1.8 1.8H9.5L6 16.3v-2.8h-.2A1.8 1.8 0 0 1 4 11.7z';

function icon(): SVGElement {
  const make = <N extends 'svg' | 'path'>(name: N) => document.createElementNS('http://www.w3.org/2000/svg', name);
  const [drawing, path] = [make('svg'), make('path')];
  drawing.setAttribute('viewBox', '0 0 20 20');
  path.setAttribute('d', BUBBLE);
  drawing.append(path);
  return drawing;
}

type Panel = HTMLElement & { readonly updateComplete: Promise<unknown>; show(): void };

/** Puts the focus into what has come, or onto its button. */
function enter(isWanted: boolean): void {
  const panel = document.querySelector<Panel>('inpage-agent');
  if (!panel) document.querySelector<HTMLElement>('inpage-chat')?.focus();
  else if (isWanted) panel.show();
  else void panel.updateComplete.then(() => panel.shadowRoot?.querySelector('button')?.focus());
}

/**
 * Shows the button.
 *
 * @param begin fetches the rest, and places it.
 * @param due resolves when the rest is wanted without a press.
 */
export function showLauncher(
  { mount, mode, corner, label }: TagConfig,
  begin: () => Promise<void>,
  due: Promise<unknown>,
): void {
  const host = document.createElement('div');
  const button = document.createElement('button');
  const parent = (mount ? find(mount) : null) ?? document.body;
  const language = parent.closest<HTMLElement>('[lang]')?.lang.split('-')[0] ?? 'en';
  const name = label ?? LABELS[language] ?? LABELS['en'] ?? '';
  button.type = 'button';
  button.ariaLabel = button.title = name;
  button.ariaHasPopup = 'dialog';
  button.ariaExpanded = 'false';
  button.append(icon());
  if (mode === 'floating') host.className = `floating ${corner ?? ''}`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(button);

  let isWanted = false;
  let isComing = false;
  async function go(): Promise<void> {
    if (isComing) return;
    isComing = true;
    try {
      await begin();
      const hadFocus = document.activeElement === host;
      host.remove();
      if (isWanted || hadFocus) enter(isWanted);
    } catch (error) {
      // It can be pressed again.
      isComing = isWanted = false;
      button.ariaDisabled = 'false';
      console.error('inpage: the agent could not be started.', error);
    }
  }
  button.addEventListener('click', () => {
    isWanted = true;
    button.ariaDisabled = 'true';
    rememberUse();
    void go();
  });
  void due.then(go);
  parent.append(host);
}
