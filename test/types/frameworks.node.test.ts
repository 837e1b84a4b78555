/** Checks the types of the elements for JSX and Vue, as an app has them that has installed the package. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ensureDist, ROOT } from '../helpers/built.js';

ensureDist();
// Below the root, where the package finds itself by its name.
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const folder = mkdtempSync(join(ROOT, '.cache', 'types-'));
after(() => {
  rmSync(folder, { recursive: true });
});

const REACT = `import type {} from 'inpage/react';
import { createAgent } from 'inpage';
import type { JSX } from 'react';
const agent = createAgent();
export const good: JSX.Element[] = [
  <inpage-chat key="1" agent={agent} heading="Help" starters={['hello']} worker-url="/worker.js" className="help"
    oninpage-message={({ text }) => text.trim()} ref={(chat) => { void chat?.send('hello'); }} />,
  <inpage-agent key="2" mode="inline" corner="start" open oninpage-toggle={({ open }) => !open} />,
  <inpage-progress key="3" for="flow" />,
];
// @ts-expect-error there is no such mode
export const mode = <inpage-agent mode="sideways" />;
// @ts-expect-error an agent is no text
export const text = <inpage-chat agent="mine" />;
// @ts-expect-error it is not to be set
export const words = <inpage-chat words={{}} />;
`;

const VUE = `import type {} from 'inpage/vue';
import { createAgent } from 'inpage';
import type { GlobalComponents } from 'vue';
type Props<Tag extends keyof GlobalComponents> = InstanceType<GlobalComponents[Tag]>['$props'];
export const chat: Props<'inpage-chat'> = { agent: createAgent(), heading: 'Help', class: 'help', onInpageMessage: ({ text }) => text.trim() };
export const panel: Props<'inpage-agent'> = { mode: 'inline', onInpageToggle: ({ open }) => !open };
// @ts-expect-error there is no such mode
export const mode: Props<'inpage-agent'> = { mode: 'sideways' };
// @ts-expect-error an agent is no text
export const text: Props<'inpage-chat'> = { agent: 'mine' };
`;

const EVENTS = `import { type InpageToggleEvent } from 'inpage/elements';
export function listen(chat: HTMLElementTagNameMap['inpage-chat'], seen: (event: InpageToggleEvent) => void): void {
  chat.addEventListener('inpage-message', ({ text }) => text.trim());
  document.addEventListener('inpage-toggle', seen);
}
`;

const TAG = `import type {} from 'inpage/inpage.js';
(window.inpage ??= []).push((agent) => agent.tool({ name: 'greet', description: 'Greet', effect: 'read', run: () => 'Hello' }));
export const said: Promise<string> | undefined = window.inpage.run?.('greet').then(({ text }) => text);
// @ts-expect-error it says texts
void window.inpage.run?.(1);
// @ts-expect-error commands are functions
window.inpage.push('greet');
`;

const FILES: Readonly<Record<string, string>> = {
  'react.tsx': REACT,
  'vue.ts': VUE,
  'tag.ts': TAG,
  'events.ts': EVENTS,
};

/** What tsc says of the files and of all types that they use. */
function check(): readonly string[] {
  const options = { module: 'ESNext', moduleResolution: 'Bundler', target: 'ES2022', jsx: 'react-jsx', types: [] };
  const compilerOptions = { ...options, lib: ['ES2023', 'DOM', 'DOM.Iterable'], strict: true, noEmit: true };
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(FILES) }));
  const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder];
  return spawnSync(process.execPath, tsc, { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
}

describe('the types of the package', () => {
  let said: readonly string[] = [];
  before(() => {
    said = check();
  });

  for (const [what, name] of [
    ['know the elements in JSX, with their properties, attributes and events', 'react.tsx'],
    ['know them in templates of Vue', 'vue.ts'],
    ['know what the script tag leaves in a page', 'tag.ts'],
    ['know the events of the elements', 'events.ts'],
  ] as const) {
    it(what, () => {
      const own = said.filter((line) => line.includes(name));
      assert.deepEqual(own, []);
    });
  }

  it('have no faults themselves', () => {
    const others = said.filter((line) => line.includes('dist/types'));
    assert.deepEqual(others, []);
  });
});
