/** In the parts of the script tag, and in the place of `agent.ts`: what the page's half has, with its connections. */
import type { PartScript } from '../parts/index.ts';
import type * as agent from './agent.ts';

export const { createAgent } = (document.currentScript as PartScript).tag?.shared as Pick<typeof agent, 'createAgent'>;
