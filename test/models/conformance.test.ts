import { call, createPlanner } from '../../src/models/index.ts';
import { createScriptedModel, say } from '../../src/models/index.ts';
import { testModel } from '../conformance/model.ts';

testModel('the planner', createPlanner);
testModel('the scripted model', () =>
  createScriptedModel([({ toolChoice }) => (toolChoice === 'none' ? say('No.') : call('greet', { name: 'Ada' }))]),
);
