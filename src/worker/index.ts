/** The composition root: engine, agent, tools, models and storage behind one port. */
export type { Host } from './host.ts';
export { serveInPage } from './in-page.ts';
export { serve, servePlanner, serveModels } from './stock.ts';
