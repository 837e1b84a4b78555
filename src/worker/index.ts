/** The composition root: engine, agent, tools, models and storage behind one port. */
export type { Host } from './host.ts';
export type { Kit } from './kit.ts';
export { serveInPage } from './in-page.ts';
export type { PartCalls, PartGraph, PartHost, WorkerPart } from './part.ts';
export { serve, servePlanner, serveModels } from './stock.ts';
