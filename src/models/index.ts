/** Models: the local planner and the remote ones. Each implements the `Model` port. */
// Before the planner, so that the tools which both use stand in one piece: the worker packs better.
export { record } from './recording.ts';
export type { Recorder } from './recording.ts';
export { createPlanner } from './planner/planner.ts';
export type { RemoteModelInit } from './remote/config.ts';
export { remoteModel } from './remote/remote.ts';
export { replay } from './replay.ts';
export type { ReplayOptions } from './replay.ts';
export { call, createScriptedModel, finish, say } from './scripted.ts';
export type { ScriptedAnswer } from './scripted.ts';
