/** Models: the local planner and remote ones. Each implements the `Model` port. */
export { remoteModel } from './remote/index.ts';
export { createPlanner } from './planner/planner.ts';
export { call, createScriptedModel, finish, say } from './scripted.ts';
export type { ScriptedAnswer } from './scripted.ts';
