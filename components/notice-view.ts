/** What the person should know of how the assistant works just now, each as a quiet line. Loaded with the first one. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AgentReady, ModelInfo, ThreadView } from '../src/client/index.ts';
import type { Download } from './download.ts';
import { icons } from './icons.ts';
import { lateIcons } from './late-icons.ts';
import type { Offline } from './offline.ts';
import type { Strings } from './strings/index.ts';
export { Download } from './download.ts';
export { Offline } from './offline.ts';
export { noticeStyles as styles } from './notice.styles.ts';
export { notices as words } from './strings/en-notices.ts';

type Notice = ThreadView['notices'][number];

/** What the lines show, and what their buttons do. */
export interface NoticeScope {
  readonly ready: AgentReady | undefined;
  readonly view: ThreadView;
  readonly download: Download;
  /** What answers; undefined until that is known. */
  readonly model: ModelInfo | undefined;
  readonly offline: Offline;
  readonly strings: Strings;
  readonly isDismissed: (text: string) => boolean;
  readonly dismiss: (text: string) => void;
  /** Downloads the browser's own model. */
  readonly begin: () => void;
  /** Called when a button that was pressed goes. */
  readonly back: () => void;
}

/** A notice in words for a person, who needs other ones than the site's owner; empty for what is for the site alone. */
function noticeText({ code, message, model }: Notice, strings: Strings): string {
  switch (code) {
    case 'worker-fallback':
      return '';
    case 'storage-unavailable':
      return strings.memoryOnly;
    case 'quota-exceeded':
      return strings.full;
    case 'worker-failed':
      return strings.inPage;
    case 'model-downloading':
      return strings.downloading;
    case 'own-key':
      return strings.ownKey;
    case 'model-fallback':
      return model ? strings.standIn(model.id, model.sentTo.join(', ')) : strings.modelGone;
    default:
      return message;
  }
}

/** The sentences that the person should know, each once. What can be downloaded has a line of its own. */
function textsOf({ ready, view, strings }: NoticeScope): readonly string[] {
  const all = [...(ready?.notices ?? []), ...view.notices].filter(({ code }) => code !== OFFER);
  return [...new Set(all.map((notice) => noticeText(notice, strings)))].filter((text) => text !== '');
}

/** One notice. */
function noticeView(text: string, dismiss: () => void, strings: Strings): TemplateResult {
  return html`<div part="notice">
    ${lateIcons.note}
    <p dir="auto">${text}</p>
    <button class="plain" type="button" aria-label=${strings.dismiss} title=${strings.dismiss} @click=${dismiss}>
      ${icons.failed}
    </button>
  </div>`;
}

const OFFER = 'model-downloadable';

function barView({ ratio, cancel }: Download, back: () => void, strings: Strings): TemplateResult {
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

/** The browser's own model, where it can be downloaded: by this button alone. */
function downloadView({ ready, download, begin, back, strings }: NoticeScope): TemplateResult | typeof nothing {
  if (!ready?.notices.some(({ code }) => code === OFFER)) return nothing;
  const button = (part: string, text: string, press: () => void): TemplateResult =>
    html`<button part=${part} type="button" @click=${press}>${text}</button>`;
  const reload = (): void => {
    location.reload();
  };
  return html`<div part="notice">
    ${lateIcons.note}
    ${
      download.state === 'under-way'
        ? barView(download, back, strings)
        : download.state === 'done'
          ? html`<p>${strings.downloaded}</p>
              ${button('reload', strings.reload, reload)}`
          : html`<p>${strings.downloadable}</p>
              ${button('download', strings.download, begin)}`
    }
  </div>`;
}

/** All that is to be known, in its order. */
export function noticesView(scope: NoticeScope): TemplateResult {
  const { isDismissed, dismiss, strings, model, offline } = scope;
  const texts = textsOf(scope).filter((text) => !isDismissed(text));
  return html`${offline.view(model)} ${downloadView(scope)}
  ${texts.map((text) =>
    noticeView(
      text,
      () => {
        dismiss(text);
      },
      strings,
    ),
  )}`;
}
