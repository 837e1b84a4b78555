/** What the person should know of how the assistant works just now, each as a quiet line. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AgentReady, ThreadView } from '../src/client/index.ts';
import type { Download } from './download.ts';
import { icons } from './icons.ts';
import { strings } from './strings.ts';

type Notice = ThreadView['notices'][number];

/** Notices for which a person at the page needs other words than the site's owner, or none. */
const WORDS: ReadonlyMap<string, (notice: Notice) => string> = new Map([
  ['worker-fallback', () => ''],
  ['storage-unavailable', () => strings.memoryOnly],
  ['worker-failed', () => strings.inPage],
  ['model-downloading', () => strings.downloading],
  ['own-key', () => strings.ownKey],
  [
    'model-fallback',
    ({ model }: Notice) => (model ? strings.standIn(model.id, model.sentTo.join(', ')) : strings.modelGone),
  ],
]);

/** A notice in the words for a person; empty for what is for the site alone. */
export function noticeText(notice: Notice): string {
  return (WORDS.get(notice.code) ?? (({ message }) => message))(notice);
}

/** The sentences that the person should know, each once. What can be downloaded has a line of its own. */
export function noticesOf(ready: AgentReady | undefined, view: ThreadView): readonly string[] {
  const all = [...(ready?.notices ?? []), ...view.notices].filter(({ code }) => code !== OFFER);
  return [...new Set(all.map(noticeText))].filter((text) => text !== '');
}

/** One notice. */
export function noticeView(text: string, dismiss: () => void): TemplateResult {
  return html`<div part="notice">
    ${icons.note}
    <p dir="auto">${text}</p>
    <button class="plain" type="button" aria-label=${strings.dismiss} title=${strings.dismiss} @click=${dismiss}>
      ${icons.failed}
    </button>
  </div>`;
}

const OFFER = 'model-downloadable';

function barView({ ratio, cancel }: Download, back: () => void): TemplateResult {
  const percent = Math.floor(ratio * 100);
  const press = (): void => {
    cancel();
    back();
  };
  return html`<label class="download">
      <span>${strings.downloadUnderWay}</span>
      ${ratio > 0 ? html`<progress max="100" value=${percent}></progress><span>${percent} %</span>` : html`<progress></progress>`}
    </label>
    <button part="cancel" type="button" @click=${press}>${strings.cancelDownload}</button>`;
}

/** What a line about the browser's own model does. */
export interface DownloadActions {
  readonly begin: () => void;
  /** Called when a button that was pressed goes. */
  readonly back: () => void;
}

/** The browser's own model, where it can be downloaded: by this button alone. */
export function downloadView(
  ready: AgentReady | undefined,
  download: Download,
  { begin, back }: DownloadActions,
): TemplateResult | typeof nothing {
  if (!ready?.notices.some(({ code }) => code === OFFER)) return nothing;
  const button = (part: string, text: string, press: () => void): TemplateResult =>
    html`<button part=${part} type="button" @click=${press}>${text}</button>`;
  const reload = (): void => {
    location.reload();
  };
  return html`<div part="notice">
    ${icons.note}
    ${
      download.state === 'under-way'
        ? barView(download, back)
        : download.state === 'done'
          ? html`<p>${strings.downloaded}</p>
              ${button('reload', strings.reload, reload)}`
          : html`<p>${strings.downloadable}</p>
              ${button('download', strings.download, begin)}`
    }
  </div>`;
}
