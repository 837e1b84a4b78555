/** The floor: a field and a box, and of what the others do nothing but what is given. */
import { contender } from './contender.ts';
import { END } from './text.ts';

/** @param take called with each piece of the reply. */
export function bareContender(box: HTMLElement, take: (text: string) => void): void {
  const element = document.createElement('div');
  const field = document.createElement('textarea');
  const feed = new Worker('/feed.js', { type: 'module' });
  let end = '';
  const style = new CSSStyleSheet();
  style.replaceSync('pre { block-size: 600px; margin: 0; overflow: auto; }');
  document.adoptedStyleSheets.push(style);
  element.append(box, field);
  contender({
    element,
    prepare: () => Promise.resolve(),
    open: () => undefined,
    last: () => field,
    reply: (seconds) =>
      new Promise((resolve) => {
        feed.onmessage = ({ data }: MessageEvent<string | undefined>) => {
          if (data === undefined) {
            resolve();
            return;
          }
          end = data.slice(-END.length);
          take(data);
        };
        feed.postMessage(seconds);
      }),
    text: () => end,
    focus: () => {
      field.focus();
    },
    draft: () => field.value,
  });
}
