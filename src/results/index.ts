/** Results of workflows on disk. */
export { RESULTS, storedResults } from './stored-results.ts';
export type { StoredResultsOptions } from './stored-results.ts';
