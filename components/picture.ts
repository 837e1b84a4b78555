/**
 * Draws a picture from a file into a canvas. An `<img>` would need an address, and with it a policy of the site that
 * allows `blob:`.
 */
import { Directive, directive } from 'lit/directive.js';
import type { ElementPart } from 'lit/directive.js';

/** The longer side of what is drawn, in pixels: it is shown small. */
const SIDE = 512;

const drawn = new WeakMap<Element, Blob>();

async function draw(canvas: HTMLCanvasElement, blob: Blob): Promise<void> {
  const whole = await createImageBitmap(blob);
  const { width, height } = whole;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  if (drawn.get(canvas) === blob) {
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(whole, 0, 0, canvas.width, canvas.height);
    canvas.dataset['drawn'] = '';
  }
  whole.close();
}

class Picture extends Directive {
  render(blob: Blob): Blob {
    return blob;
  }

  override update({ element }: ElementPart, [blob]: Parameters<this['render']>): void {
    if (!(element instanceof HTMLCanvasElement) || drawn.get(element) === blob) return;
    drawn.set(element, blob);
    // What cannot be drawn has its name.
    draw(element, blob).catch(() => undefined);
  }
}

/** On a `<canvas>`: has it show the picture in a file, which has `data-drawn` once it is there. */
export const picture = directive(Picture);
