/** A worker of the site's own: the assistant, and a tool that computes away from the page. A site imports `inpage/worker`. */
import { defineTool, serve } from '../../src/serve.ts';

function countPrimes(below: number): number {
  const isOut = new Uint8Array(below);
  let count = 0;
  for (let n = 2; n < below; n++) {
    if (isOut[n]) continue;
    count++;
    for (let multiple = n * n; multiple < below; multiple += n) isOut[multiple] = 1;
  }
  return count;
}

serve({
  tools: [
    defineTool<{ below: number }, { message: string }>({
      name: 'count-primes',
      description: 'Count the primes below a number',
      effect: 'read',
      examples: ['count the primes below 1000'],
      input: {
        type: 'object',
        required: ['below'],
        properties: { below: { type: 'integer', minimum: 0, maximum: 50_000_000 } },
      },
      run: ({ below }) => ({ message: `There are ${countPrimes(below)} primes below ${below}.` }),
    }),
  ],
});
