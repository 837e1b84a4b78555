/** Models: the local planner and remote ones. Each implements the `Model` port. */
export { createPlanner } from './planner/planner.ts';
export type { RemoteModelConfig } from './remote/config.ts';
export { remoteModel } from './remote/remote.ts';
export { call, createScriptedModel, finish, say } from './scripted.ts';
export type { ScriptedAnswer } from './scripted.ts';
