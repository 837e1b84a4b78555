/** Language models: the code for them, apart from the hosts that do without. */
import { createGuide } from '../agent/index.ts';
import type { Guide, GuideOptions } from '../agent/index.ts';
import { abortable } from '../core/index.ts';
import type { Model, ModelChoice } from '../core/index.ts';
import { record, remoteModel } from '../models/index.ts';
import type { Recorder } from '../models/index.ts';
import { pageModel } from './page-model.ts';
import type { Page } from './page-tools.ts';

/** A model that no host has by its name. */
export type OutsideModel = Exclude<ModelChoice, { readonly kind: 'host' }>;

/** What a host needs for language models. */
export interface Language {
  /** Makes a remote model, or one that lives in the page. */
  model(choice: OutsideModel, page: Page): Model;
  /** Makes what guides one through a conversation. */
  guide(options: GuideOptions): Guide;
  /** Records what one is asked and answers. */
  record(model: Model, options: { readonly secretFields: readonly string[] }): Recorder;
}

export const language: Language = {
  model(choice, page) {
    if (choice.kind === 'page') return pageModel(choice, page);
    const { config, asksToken } = choice;
    return remoteModel({
      ...config,
      ...(asksToken ? { getToken: () => abortable(page.remote.token(), page.gone) } : {}),
    });
  },
  guide: createGuide,
  record,
};
