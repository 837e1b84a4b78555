/** Verticals: what they say of themselves, what they are granted, and how each is loaded once. */
export { isCapability, sayCapability } from './capabilities.ts';
export type { Capability } from './capabilities.ts';
export type {
  FetchOptions,
  FieldKind,
  FieldOption,
  FieldValue,
  Ground,
  PageField,
  PageForm,
  PageGround,
  StorageGround,
  Submission,
} from './ground.ts';
export type { Environment, UseOptions, VerticalAgent, VerticalHandle } from './installed.ts';
export { checkVertical } from './manifest.ts';
export type { CodeAddress, Vertical, VerticalPrompts, VerticalToolEntry } from './manifest.ts';
export type {
  Activate,
  Activated,
  AnyVerticalTool,
  RunWorkflow,
  VerticalHost,
  VerticalTool,
  VerticalToolContext,
} from './page-half.ts';
export { createUse, withVerticals } from './use.ts';
export type { VerticalUse } from './use.ts';
export { isRange, isVersion, satisfies } from './version.ts';
