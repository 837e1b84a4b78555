/** What answers where a site names no model: the browser's own language model where it is there, else the planner. */
import { abortable } from '../core/index.ts';
import { chosenModel } from './model.ts';
import type { ChosenModel } from './model.ts';

/** Milliseconds that the browser has to say whether it has a model; an agent does not wait longer to start. */
const PATIENCE = 2000;

const NOTICES = {
  downloadable: 'This browser has a language model that can be downloaded; until then a rule-based assistant answers.',
  downloading: 'This browser is downloading a language model; until it is there a rule-based assistant answers.',
};

/** Nothing is downloaded, and nobody but the browser is asked. */
export async function defaultModel(): Promise<ChosenModel> {
  const planner = chosenModel('planner');
  if (!('LanguageModel' in globalThis)) return planner;
  try {
    const { promptApi, promptAvailability } = await import('../page/index.ts');
    const availability = await abortable(promptAvailability(), AbortSignal.timeout(PATIENCE));
    if (availability === 'unavailable') return planner;
    const model = promptApi();
    if (availability === 'available') return { ...chosenModel(model), otherwise: planner };
    return { ...planner, better: model, notice: { code: `model-${availability}`, message: NOTICES[availability] } };
  } catch {
    // Its code could not be loaded, or the browser does not say.
    return planner;
  }
}
