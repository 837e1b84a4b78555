import type { Model, RemoteModelConfig } from '../../core/index.ts';
export function remoteModel(config: RemoteModelConfig, getToken?: () => Promise<string>): Model {
  throw new Error(config.model + String(getToken));
}
