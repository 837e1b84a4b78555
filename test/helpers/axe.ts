/** Checks an element for accessibility faults with axe-core. */
import { emulateMedia } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect } from 'chai';

declare global {
  // The script defines it on the window.
  var axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
}

/** Fails when axe finds a violation in the element or its shadow root, and names the faults and the nodes. */
export async function expectAccessible(element: Element): Promise<void> {
  // What is half faded in is hard to read, for a moment.
  await emulateMedia({ reducedMotion: 'reduce' });
  const { violations } = await globalThis.axe.run(element, { resultTypes: ['violations'] });
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
  );
  expect(faults.join('\n')).to.equal('');
}
