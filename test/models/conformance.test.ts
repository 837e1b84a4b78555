import { call, createPlanner } from '../../src/models/index.ts';
import { createScriptedModel } from '../../src/models/index.ts';
import { testModel } from '../conformance/model.ts';

testModel('the planner', createPlanner);
testModel('the scripted model', () => createScriptedModel([call('greet', { name: 'Ada' })]));
