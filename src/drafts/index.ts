/** Drafts: a state that can be changed as if it were one's own, and that tells what was changed as writes. Pure. */
export { createDraft } from './draft.ts';
export type { StateDraft } from './draft.ts';
