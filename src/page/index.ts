/** Models that run in the page: the browser's own, and those of the AI SDK. Each implements the `Model` port. */
export { fromAISDK } from './ai-sdk.ts';
export type { AISDKModel, AISDKOptions } from './ai-sdk.ts';
export { promptApi, promptAvailability } from './prompt-api.ts';
export type { PromptApiOptions } from './prompt-api.ts';
export type { PromptAvailability } from './prompt-types.ts';
