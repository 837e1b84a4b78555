/** The files of a message: chosen in the composer, and shown where they were sent. Loaded with the first of them. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { FilePart } from '../src/core/index.ts';
import type { ChosenFiles } from './chosen-files.ts';
import { sizeWords } from './file-size.ts';
import { icons } from './icons.ts';
import { lateIcons } from './late-icons.ts';
import { picture } from './picture.ts';
import type { Strings } from './strings/index.ts';
import { withoutTurns } from './turning.ts';
export { ChosenFiles } from './chosen-files.ts';
export { fileStyles as styles } from './files.styles.ts';
export { files as words } from './strings/en-files.ts';

const isPicture = ({ type }: Blob): boolean => /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/.test(type);

/** The picture in it, or a sheet of paper. */
function thumbView(blob: Blob): TemplateResult {
  return html`<span class="thumb" aria-hidden="true">
    ${lateIcons.file} ${isPicture(blob) ? html`<canvas ${picture(blob)}></canvas>` : nothing}
  </span>`;
}

function chipView(chosen: ChosenFiles, file: File, { files }: Strings): TemplateResult {
  const remove = files.remove(file.name);
  return html`<li class="chip" part="file">
    ${thumbView(file)}
    <span class="file-name"><bdi>${withoutTurns(file.name)}</bdi><small>${sizeWords(file.size, files)}</small></span>
    <button
      class="plain"
      type="button"
      aria-label=${remove}
      title=${remove}
      @click=${() => {
        chosen.remove(file);
      }}
    >
      ${icons.failed}
    </button>
  </li>`;
}

/** The button that adds files, and those that were added. */
export function composerFilesView(chosen: ChosenFiles, accept: string | undefined, strings: Strings): TemplateResult {
  const { files } = strings;
  chosen.accept = accept;
  const choose = ({ currentTarget: button }: Event): void => {
    if (button instanceof HTMLElement && button.previousElementSibling instanceof HTMLInputElement)
      button.previousElementSibling.click();
  };
  const change = ({ target: field }: Event): void => {
    if (!(field instanceof HTMLInputElement)) return;
    const given = [...(field.files ?? [])];
    // The same file may be chosen again, after it was removed.
    field.value = '';
    chosen.add(given);
  };
  return html`${
    chosen.files.length === 0
      ? nothing
      : html`<ul class="chips" role="list" aria-label=${files.chosen}>
          ${repeat(
            chosen.files,
            (file) => file,
            (file) => chipView(chosen, file, strings),
          )}
        </ul>`
  }
  ${
    accept === undefined
      ? nothing
      : html`<input type="file" multiple hidden accept=${accept === '' ? nothing : accept} @change=${change} /><button
            part="add-files"
            class="plain round"
            type="button"
            aria-label=${files.add}
            title=${files.add}
            @click=${choose}
          >
            ${lateIcons.clip}
          </button>`
  }`;
}

function sentView({ data, mediaType, filename }: FilePart, { files }: Strings): TemplateResult {
  const name = withoutTurns(filename ?? files.unnamed);
  if (isPicture(data.type === '' ? new Blob([], { type: mediaType }) : data))
    return html`<li class="sent-picture" part="file">
      <canvas role="img" aria-label=${name} title=${name} ${picture(data)}></canvas>
    </li>`;
  return html`<li class="chip" part="file">
    ${thumbView(data)}
    <span class="file-name"><bdi>${name}</bdi><small>${sizeWords(data.size, files)}</small></span>
  </li>`;
}

/** The files of a message that was sent. */
export const messageFilesView = (parts: readonly FilePart[], strings: Strings): TemplateResult =>
  html`<ul class="sent-files" role="list">
    ${parts.map((part) => sentView(part, strings))}
  </ul>`;
