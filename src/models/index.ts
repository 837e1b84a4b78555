/** Models: the local planner. Each implements the `Model` port. */
export { createPlanner } from './planner/planner.ts';
export { call, createScriptedModel, finish, say } from './scripted.ts';
export type { ScriptedAnswer } from './scripted.ts';
