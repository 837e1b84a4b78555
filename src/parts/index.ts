/** Scripts that a page loads later: parts of the script tag, and addresses under Trusted Types. */
export { configOf } from './config.ts';
export type { TagConfig } from './config.ts';
export { partsBeside } from './parts.ts';
export type { PartName, PartScript, Tag, TagFile } from './parts.ts';
export { scriptUrl, typesPolicy } from './trusted-types.ts';
export type { TypesPolicy } from './trusted-types.ts';
export { whenDue } from './when.ts';
