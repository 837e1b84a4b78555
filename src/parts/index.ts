/** What the loader of the script tag is made of, and addresses under Trusted Types. */
export { configOf } from './config.ts';
export type { TagConfig } from './config.ts';
export { showLauncher } from './launcher.ts';
export { partsBeside } from './parts.ts';
export type { PartName, PartScript, Tag, TagFile } from './parts.ts';
export { scriptUrl, typesPolicy } from './trusted-types.ts';
export type { TypesPolicy } from './trusted-types.ts';
export { rememberUse } from './used.ts';
export { untilParsed, whenDue } from './when.ts';
