import { expect } from 'chai';
import { sdkError } from '../../src/page/ai-sdk-errors.ts';

const code = (message: string): string => sdkError(Object.assign(new Error(message), { statusCode: 400 }), 'It').code;

describe('what a model of the AI SDK throws', () => {
  it('tells a conversation that is too long from a file that is too large', () => {
    expect(code('prompt is too long: 210000 tokens > 200000 maximum')).to.equal('context-overflow');
    expect(code('image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes')).to.equal('model-failed');
  });
});
