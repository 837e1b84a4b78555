import { expect } from 'chai';
import { AgentError } from '../../src/core/index.ts';
import type { ApprovalRequest } from '../../src/core/index.ts';
import { createToolSet, defineTool, logCalls, maskSecrets } from '../../src/tools/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { Bench, Run } from './call-scope.ts';

const APPROVE = { decision: 'approve' } as const;
const gone = new AgentError('page-gone', 'The page is gone.', { fix: 'Open it.' });
const goneRun = (): never => {
  throw gone;
};

describe('a tool call', () => {
  it('runs a read at once, with start and no question', async () => {
    const bench = new Bench();
    bench.add();
    const run = new Run();
    const ending = await bench.call({ n: 1 }, run);
    expect(ending).to.deep.equal({ outcome: 'ok', output: { type: 'json', value: 'done' } });
    expect(run.events).to.deep.equal([{ type: 'tool-start', callId: 'c1', tool: 'do', input: { n: 1 } }]);
    expect([...run.intents]).to.deep.equal([]);
  });

  it('runs with the coerced input and says so', async () => {
    const bench = new Bench();
    bench.add();
    const ending = await bench.call({ n: '3' });
    expect(bench.runs).to.deep.equal([{ n: 3 }]);
    expect(ending.ran).to.deep.equal({ input: { n: 3 } });
  });

  it('does not ask about, and does not run, a call whose input does not fit', async () => {
    const bench = new Bench();
    bench.add('write', 'high');
    const ending = await bench.call({ n: 'three' });
    expect(ending.error).to.include({ code: 'invalid-tool-input' });
    expect(bench.runs).to.deep.equal([]);
  });

  it('refuses unknown, disabled and not granted tools by name', async () => {
    const bench = new Bench();
    expect((await bench.call()).error).to.include({ code: 'unknown-tool' });
    bench.add();
    bench.registry.enable('do', false);
    expect((await bench.call()).error).to.include({ code: 'tool-disabled' });
    bench.registry.enable('do', true);
    bench.set = createToolSet(bench.registry, { tools: [] });
    expect((await bench.call()).error).to.include({ code: 'tool-not-granted' });
    expect(bench.runs).to.deep.equal([]);
  });

  it('reaches a tool by its alias', async () => {
    const bench = new Bench();
    bench.add('read', 'low', { aliases: ['make'] });
    expect((await bench.call({}, new Run(), { toolName: 'make' })).outcome).to.equal('ok');
  });

  it('notes a write before it begins, also the key of an idempotent one, and a read never', async () => {
    const seen: string[][] = [];
    for (const [effect, idempotent] of [
      ['write', false],
      ['write', true],
      ['read', true],
    ] as const) {
      const bench = new Bench();
      const run = new Run();
      bench.add(effect, 'low', { idempotent, run: () => seen.push([...run.intents]) });
      await bench.call({}, run);
    }
    expect(seen).to.deep.equal([['c1'], ['c1:key'], []]);
  });

  it('makes an idempotent write that was cut off again, with the same key and without a question', async () => {
    const bench = new Bench();
    const run = new Run();
    const keys: string[] = [];
    bench.add('write', 'low', { idempotent: true, run: (_, { idempotencyKey }) => keys.push(idempotencyKey) });
    await bench.call({}, run);
    await bench.call({}, run);
    expect(keys).to.deep.equal(['c1', 'c1']);
  });

  it('is refused before it begins when there is no room to note its intent, unless it can be made again', async () => {
    const full = new AgentError('quota-exceeded', 'There is no room.', { fix: 'Free some.' });
    for (const [effect, idempotent, outcome] of [
      ['write', false, 'failed'],
      ['write', true, 'ok'],
      ['read', true, 'ok'],
    ] as const) {
      const bench = new Bench();
      const run = Object.assign(new Run(), { intent: () => Promise.reject(full) });
      bench.add(effect, 'low', { idempotent });
      const ending = await bench.call({}, run);
      expect(ending.outcome).to.equal(outcome);
      if (outcome === 'failed') expect(ending.error).to.include({ code: 'quota-exceeded' });
      expect(bench.runs).to.have.length(outcome === 'ok' ? 1 : 0);
    }
  });

  it('turns what a tool returns but nobody can store into a failure that says what to do', async () => {
    const bench = new Bench();
    bench.add('write', 'low', { run: () => () => 1 });
    expect((await bench.call()).error).to.include({ code: 'tool-failed', fix: 'Let the tool return plain data.' });
  });

  it('marks what an untrusted tool gives, also when it fails', async () => {
    for (const run of [() => 'text', goneThrow]) {
      const bench = new Bench();
      bench.add('read', 'low', { untrusted: true, run });
      expect((await bench.call()).untrusted).to.equal(true);
    }
  });

  it('offers to take back what can be taken back, and only when it was done', async () => {
    const bench = new Bench();
    const remove = bench.add('write', 'low', { undo: () => undefined });
    expect((await bench.call()).undo).to.equal('offered');
    remove();
    bench.add('write', 'low', { undo: () => undefined, run: goneThrow });
    expect((await bench.call()).undo).to.equal(undefined);
  });

  it('keeps a large output apart', async () => {
    const bench = new Bench();
    bench.add('read', 'low', { run: () => 'x'.repeat(600_000) });
    const { output, text } = await bench.call();
    expect(text).to.have.length(600_000);
    expect(output).to.have.nested.property('value.output', 'c1');
  });

  it('keeps of a large error what its beginning says', async () => {
    for (const error of [
      new Error('x'.repeat(600_000)),
      new AgentError('tool-failed', 'x', { fix: 'y', details: 'z'.repeat(600_000) }),
    ]) {
      const bench = new Bench();
      bench.add('read', 'low', { run: () => Promise.reject(error) });
      const { output } = await bench.call();
      expect(output).to.have.nested.property('value.code', 'tool-failed');
      expect(JSON.stringify(output).length).to.be.below(10_000);
    }
  });

  it('offers no undo that would get only the beginning of what the tool gave', async () => {
    const bench = new Bench();
    bench.add('write', 'low', { run: () => 'x'.repeat(600_000), undo: () => undefined });
    expect((await bench.call()).undo).to.equal(undefined);
  });

  it('stops with the run', async () => {
    const bench = new Bench();
    const run = new Run();
    bench.add('read', 'low', {
      run: () =>
        new Promise(() => {
          run.stop.abort();
        }),
    });
    expect(await rejection(bench.call({}, run))).to.include({ code: 'aborted' });
  });
});

function doubled(input: unknown): unknown {
  const { n, ...rest } = input as { n: number };
  return { ...rest, n: n * 2 };
}

function goneThrow(): never {
  throw new Error('It broke.');
}

describe('retries', () => {
  const failing = (times: number, answer = 'at last') => {
    const tried: string[] = [];
    const run = (_: never, { idempotencyKey }: { idempotencyKey: string }): string => {
      tried.push(idempotencyKey);
      if (tried.length <= times) throw new Error('not yet');
      return answer;
    };
    return { run, tried };
  };

  it('tries a write that fails just once', async () => {
    const { run, tried } = failing(1);
    const bench = new Bench();
    bench.add('write', 'low', { run });
    expect((await bench.call()).outcome).to.equal('failed');
    expect(tried).to.have.length(1);
  });

  it('tries an idempotent write as often as it says, with the same key', async () => {
    const { run, tried } = failing(1);
    const bench = new Bench();
    bench.add('write', 'low', { idempotent: true, retries: 1, run });
    expect((await bench.call()).outcome).to.equal('ok');
    expect(tried).to.deep.equal(['c1', 'c1']);
  });

  it('gives up with the last failure', async () => {
    const { run, tried } = failing(9);
    const bench = new Bench();
    bench.add('read', 'low', { retries: 1, run });
    expect((await bench.call()).error).to.include({ message: 'not yet' });
    expect(tried).to.have.length(2);
  });
});

describe('permission', () => {
  it('asks before a write of medium danger with all that a person needs to know', async () => {
    const bench = new Bench();
    bench.add('write', 'medium', {
      writes: ['things/{n}'],
      summary: ({ n }: { n: number }) => `Thing ${n}, 5 €`,
    });
    const { key, kind, payload } = await bench.ask({ n: 7 });
    expect([key, kind]).to.deep.equal(['c1', 'approval']);
    expect(payload).to.deep.include({
      tool: 'do',
      description: 'Do it',
      input: { n: 7 },
      effect: 'write',
      danger: 'medium',
      summary: 'Thing 7, 5 €',
      touches: ['things/7'],
      scopes: ['once', 'run', 'thread', 'always'],
    });
    expect(payload).to.have.nested.property('inputSchema.properties.n.type', 'integer');
    expect(payload).not.to.have.any.keys('taintedBy', 'expiresAt');
    expect(bench.runs).to.deep.equal([]);
  });

  it('refuses without asking what the tool’s own summary refuses', async () => {
    const bench = new Bench();
    bench.add('write', 'high', {
      summary: () => {
        throw new Error('Your cart is empty.');
      },
    });
    expect((await bench.call()).error).to.include({ code: 'tool-failed', message: 'Your cart is empty.' });
  });

  it('takes the words of a refusal for the tool’s own: marked when it is untrusted, and without secrets', async () => {
    const refuse = (): never => {
      throw new Error('Pay first, with Bearer abcdef123456.');
    };
    const bench = new Bench({ mode: 'all', middleware: [maskSecrets()] });
    bench.add('write', 'low', { untrusted: true, summary: refuse });
    const ending = await bench.call();
    expect(ending).to.include({ outcome: 'failed', untrusted: true });
    expect(JSON.stringify(ending)).to.include('Pay first').and.not.include('abcdef123456');
  });

  it('passes its summary and its progress through the middleware, which takes secrets out', async () => {
    const bench = new Bench({ mode: 'all', middleware: [maskSecrets()] });
    bench.add('write', 'low', {
      summary: () => 'Pay with 4111 1111 1111 1111.',
      run: (_, context) => {
        context.progress({ ratio: 0.5, password: 'x' });
      },
    });
    expect((await bench.ask()).payload).to.include({ summary: 'Pay with [masked].' });
    const run = new Run();
    run.answers.set('c1', APPROVE);
    await bench.call({}, run);
    const said = run.events.flatMap((event) => (event.type === 'tool-progress' ? [event.value] : []));
    expect(said).to.deep.equal([{ ratio: 0.5, password: '[masked]' }]);
  });

  it('says nothing of what a middleware fails on', async () => {
    const during = (): never => {
      throw new Error('No.');
    };
    const bench = new Bench({ mode: 'all', middleware: [{ name: 'odd', during }] });
    bench.add('write', 'low', { summary: () => 'Do it.' });
    expect((await bench.ask()).payload).to.not.have.property('summary');
  });

  it('waits for a tool’s own check and summary no longer than for a call', async () => {
    const bench = new Bench({ mode: 'all' });
    bench.add('write', 'low', { timeout: 20, summary: () => new Promise<string>(() => undefined) });
    expect((await bench.call()).error).to.include({ code: 'tool-timeout' });
  });

  it('leaves the run to go on later when the page goes away before the call', async () => {
    const bench = new Bench({ mode: 'all' });
    bench.add('write', 'low', { summary: goneRun });
    expect(await rejection(bench.call())).to.equal(gone);
  });

  it('runs after a yes, and not after a no, a word that is no approval, or a yes to another question', async () => {
    const outcomes: string[] = [];
    for (const answer of [APPROVE, { decision: 'reject', reason: 'Too dear.' }, 'yes', true, { decision: 'ok' }]) {
      const bench = new Bench();
      bench.add('write', 'medium');
      const run = new Run();
      run.answers.set('c1', answer);
      outcomes.push(`${(await bench.call({}, run)).outcome} ${bench.runs.length}`);
    }
    expect(outcomes).to.deep.equal(['ok 1', 'denied 0', 'denied 0', 'denied 0', 'denied 0']);
  });

  it('keeps a no although the tool has become harmless or is gone', async () => {
    const bench = new Bench();
    const run = new Run();
    run.answers.set('c1', { decision: 'reject', reason: 'No.' });
    expect((await bench.call({}, run)).output).to.deep.equal({ type: 'execution-denied', reason: 'No.' });
    bench.add('read');
    expect((await bench.call({}, run)).outcome).to.equal('denied');
  });

  it('runs with the input that the person has changed, once that fits', async () => {
    const bench = new Bench();
    bench.add('write', 'medium');
    const run = new Run();
    run.answers.set('c1', { ...APPROVE, input: { n: 2 } });
    const ending = await bench.call({ n: 1 }, run);
    expect(bench.runs).to.deep.equal([{ n: 2 }]);
    expect(ending.ran).to.deep.equal({ input: { n: 2 } });
    const other = new Run();
    other.answers.set('c1', { ...APPROVE, input: { n: 'two' } });
    expect((await bench.call({ n: 1 }, other)).error).to.include({ code: 'invalid-tool-input' });
    expect(bench.runs).to.have.length(1);
  });

  it('asks anew after each scope but the one that covers the call', async () => {
    const after: Record<string, readonly string[]> = {};
    for (const scope of ['once', 'run', 'thread', 'always'] as const) {
      const bench = new Bench();
      bench.add('write', 'medium');
      const run = new Run();
      run.answers.set('c1', { ...APPROVE, scope });
      await bench.call({}, run);
      const asks = async (task: { messageId: string }): Promise<string> => {
        try {
          await bench.call({}, new Run(), { toolCallId: 'c2', ...task });
          return 'runs';
        } catch {
          return 'asks';
        }
      };
      after[scope] = [await asks({ messageId: 'm1' }), await asks({ messageId: 'm2' })];
    }
    expect(after).to.deep.equal({
      once: ['asks', 'asks'],
      run: ['runs', 'asks'],
      thread: ['runs', 'runs'],
      always: ['runs', 'runs'],
    });
  });

  it('brings back no grant that was revoked while its call was cut off', async () => {
    const bench = new Bench();
    bench.add('write', 'medium');
    const run = new Run();
    run.answers.set('c1', { ...APPROVE, scope: 'always' });
    await bench.call({}, run);
    bench.grants.splice(0);
    run.answers.set('c1:outcome', { outcome: 'retry' });
    expect((await bench.call({}, run)).outcome).to.equal('ok');
    expect(bench.grants).to.deep.equal([]);
  });

  it('asks once untrusted text has been read, whatever was granted', async () => {
    const bench = new Bench();
    bench.add('write', 'medium');
    const granted = new Run();
    granted.answers.set('c1', { ...APPROVE, scope: 'always' });
    await bench.call({}, granted);
    await bench.call({}, new Run(), { toolCallId: 'c2' });
    expect(bench.runs).to.have.length(2);
    const { payload } = await bench.ask({}, new Run(), { taintedBy: 'read_page' });
    expect(payload).to.deep.include({ taintedBy: 'read_page', scopes: ['once'] });
  });

  it('keeps no grant of a yes that was given after untrusted text was read', async () => {
    const bench = new Bench();
    bench.add('write', 'medium');
    const run = new Run();
    run.answers.set('c1', { ...APPROVE, scope: 'always' });
    expect((await bench.call({}, run, { taintedBy: 'read_page' })).outcome).to.equal('ok');
    expect(bench.grants).to.deep.equal([]);
  });

  it('says when silence becomes a no', async () => {
    const bench = new Bench({ timeout: 60_000 });
    bench.add('write', 'medium');
    expect(((await bench.ask()).payload as ApprovalRequest).expiresAt).to.equal(61_000);
  });

  it('denies when the grants cannot be read', async () => {
    const bench = new Bench();
    bench.add('write', 'medium');
    Object.defineProperty(bench.grants, 'some', {
      get: () => {
        throw new AgentError('storage-failed', 'No disk.', { fix: 'Buy one.' });
      },
    });
    expect((await bench.call()).error).to.include({ code: 'storage-failed' });
    expect(bench.runs).to.deep.equal([]);
  });
});

describe('middleware on the way', () => {
  it('sees every call before anybody is asked, and may change or refuse it', async () => {
    const bench = new Bench({
      middleware: [
        {
          name: 'limits',
          before: ({ input }) => {
            const { n } = input as { n: number };
            if (n > 10) throw new Error('Too many.');
            return { input: { n: n * 2 } };
          },
        },
      ],
    });
    bench.add('write', 'medium');
    expect(((await bench.ask({ n: 4 })).payload as ApprovalRequest).input).to.deep.equal({ n: 8 });
    expect((await bench.call({ n: 11 })).error).to.include({ code: 'tool-denied' });
  });

  it('changes nothing any more of what a person has changed and seen', async () => {
    const double = { name: 'double', before: ({ input }: { input: unknown }) => ({ input: doubled(input) }) };
    const bench = new Bench({ middleware: [double] });
    bench.add('write', 'medium');
    const run = new Run();
    expect(((await bench.ask({ n: 4 }, run)).payload as ApprovalRequest).input).to.deep.equal({ n: 8 });
    run.answers.set('c1', { ...APPROVE, input: { n: 8, text: 'please' } });
    expect((await bench.call({ n: 4 }, run)).error).to.include({ code: 'tool-denied' });
    expect(bench.runs).to.deep.equal([]);
  });

  it('lets what a person has changed run where it leaves that as it is', async () => {
    const trim = { name: 'trim', before: ({ input }: { input: unknown }) => ({ input: structuredClone(input) }) };
    const bench = new Bench({ middleware: [trim] });
    bench.add('write', 'medium');
    const run = new Run();
    run.answers.set('c1', { ...APPROVE, input: { n: 8 } });
    expect((await bench.call({ n: 4 }, run)).outcome).to.equal('ok');
    expect(bench.runs).to.deep.equal([{ n: 8 }]);
  });

  it('has what it makes of an input checked, also where it changes it in place', async () => {
    const inPlace = ({ input }: { input: unknown }): void => void Object.assign(input as object, { n: 'x' });
    for (const before of [() => ({ input: { n: 'x' } }), inPlace]) {
      const bench = new Bench({ middleware: [{ name: 'odd', before }] });
      bench.add();
      // As text, so that what the middleware gets is a copy that it can change.
      expect((await bench.call({ n: '1' })).error).to.include({ code: 'invalid-tool-input' });
      expect(bench.runs).to.deep.equal([]);
    }
  });

  it('withholds what a tool gave, and fails no run, when what it makes of that is no outcome', async () => {
    for (const odd of [{ outcome: 'failed' }, { outcome: 'failed', error: new Error('no') }, { outcome: 'fine' }]) {
      const bench = new Bench({ middleware: [{ name: 'odd', after: () => odd }] });
      bench.add();
      const { error, output } = await bench.call();
      expect(error).to.include({ code: 'tool-failed' });
      expect(JSON.stringify(output)).to.include('withheld').and.not.include('done');
    }
  });

  it('logs a line for each call that ran or was refused, without its secrets', async () => {
    const lines: string[] = [];
    const bench = new Bench({ middleware: [maskSecrets(), logCalls((line) => lines.push(line))] });
    bench.add('read', 'low', { run: () => ({ password: 'hunter2', stock: 3 }) });
    await bench.call({ n: 1 });
    await bench.call({ n: 'x' });
    expect(lines.map((line) => line.replace(/\d+ ms/, '# ms'))).to.deep.equal([
      'inpage: do ok # ms {"n":1} → {"password":"[masked]","stock":3}',
      'inpage: do failed # ms {"n":"x"} → invalid-tool-input: "The input of \\"do\\" does not fit. n: It must be a whole number."',
    ]);
  });
});

describe('a call that was cut off', () => {
  const cutOffRun = (): Run => {
    const run = new Run();
    run.intents.add('c1');
    return run;
  };

  it('is made again by itself when it was a read or can be repeated', async () => {
    for (const [effect, idempotent] of [
      ['read', true],
      ['write', true],
    ] as const) {
      let tries = 0;
      const bench = new Bench();
      bench.add(effect, 'low', { idempotent, run: () => (++tries === 1 ? new Promise(() => undefined) : 'done') });
      const run = new Run();
      void bench.call({}, run);
      await new Promise((resolve) => setTimeout(resolve));
      expect((await bench.call({}, run)).outcome).to.equal('ok');
      expect(tries).to.equal(2);
    }
  });

  it('is not made again by itself when it was a write: a person is asked', async () => {
    const bench = new Bench();
    bench.add('write', 'low');
    const { kind, payload } = await bench.ask({ n: 1 }, cutOffRun());
    expect(kind).to.equal('outcome-unknown');
    expect(payload).to.deep.equal({ callId: 'c1', tool: 'do', description: 'Do it', input: { n: 1 } });
    expect(bench.runs).to.deep.equal([]);
  });

  it('is asked about also when the tool is gone', async () => {
    expect((await new Bench().ask({}, cutOffRun())).kind).to.equal('outcome-unknown');
  });

  it('ends as the person says, and whatever else is said counts as leaving it', async () => {
    const ends: string[] = [];
    for (const answer of [{ outcome: 'done' }, { outcome: 'retry' }, { outcome: 'cancel' }, 'what?']) {
      const bench = new Bench();
      bench.add('write', 'low');
      const run = cutOffRun();
      run.answers.set('c1:outcome', answer);
      ends.push(`${(await bench.call({}, run)).outcome} ${bench.runs.length}`);
    }
    expect(ends).to.deep.equal(['ok 0', 'ok 1', 'unknown 0', 'unknown 0']);
  });

  it('was done when it was to leave the page: that is on record before it begins', async () => {
    const bench = new Bench();
    bench.add('navigate', 'low');
    const run = new Run();
    expect((await bench.call({ n: 1 }, run)).outcome).to.equal('ok');
    expect([...run.intents]).to.deep.equal(['c1:leaves']);
    const again = await bench.call({ n: 1 }, run);
    expect([again.outcome, bench.runs.length]).to.deep.equal(['ok', 1]);
    expect(JSON.stringify(again.output)).to.match(/The page was left/);
  });

  it('asks a second time when it was cut off a second time', async () => {
    const bench = new Bench();
    bench.add('write', 'low');
    const run = cutOffRun();
    run.answers.set('c1:outcome', { outcome: 'retry' });
    await bench.call({}, run);
    expect((await bench.ask({}, run)).key).to.equal('c1:1:outcome');
    expect(bench.runs).to.have.length(1);
  });

  it('asks at once when the page of a write goes away in the middle of it', async () => {
    const bench = new Bench();
    bench.add('write', 'low', { run: goneRun });
    expect((await bench.ask()).kind).to.equal('outcome-unknown');
  });

  it('leaves the run to go on later when the page of a read goes away', async () => {
    const bench = new Bench();
    bench.add('read', 'low', { run: goneRun });
    expect(await rejection(bench.call())).to.equal(gone);
  });
});

describe('results that are kept', () => {
  const countingBench = (ttl = 1000): Bench => {
    const bench = new Bench();
    bench.add('read', 'low', { cacheTtl: ttl, reads: ['stock'], run: () => bench.runs.push(1) });
    return bench;
  };

  it('are given again for the same input, as cached, until their time is up', async () => {
    const bench = countingBench();
    const outcomes = [(await bench.call({ n: 1 })).outcome, (await bench.call({ n: 1 })).outcome];
    bench.time = 2000;
    outcomes.push((await bench.call({ n: 1 })).outcome, (await bench.call({ n: 2 })).outcome);
    expect(outcomes).to.deep.equal(['ok', 'cached', 'ok', 'ok']);
  });

  it('are looked up only for a call that is allowed', async () => {
    const bench = countingBench();
    await bench.call();
    bench.set = createToolSet(bench.registry, { tools: [] });
    expect((await bench.call()).error).to.include({ code: 'tool-not-granted' });
    bench.registry.enable('do', false);
    expect((await bench.call()).error).to.include({ code: 'tool-disabled' });
  });

  it('are asked about before they are looked up, where every call asks', async () => {
    const bench = new Bench({ mode: 'all' });
    bench.add('read', 'low', { cacheTtl: 1000 });
    const run = new Run();
    run.answers.set('c1', APPROVE);
    await bench.call({}, run);
    expect((await bench.ask({}, new Run(), { toolCallId: 'c2' })).kind).to.equal('approval');
  });

  it('are forgotten when a write may have changed what they tell, and kept when it cannot have', async () => {
    const bench = countingBench();
    const write = { effect: 'write', danger: 'low', input: { type: 'object' } } as const;
    const run = (): number => 1;
    bench.registry.add(defineTool({ ...write, name: 'sell', description: 's', writes: ['stock/3'], run }));
    bench.registry.add(defineTool({ ...write, name: 'note', description: 'n', writes: ['notes'], run }));
    const outcomes: string[] = [];
    for (const toolName of ['do', 'note', 'do', 'sell', 'do']) {
      outcomes.push(`${toolName} ${(await bench.call({}, new Run(), { toolName })).outcome}`);
    }
    expect(outcomes).to.deep.equal(['do ok', 'note ok', 'do cached', 'sell ok', 'do ok']);
  });

  it('are not kept of a read during which a write came', async () => {
    const bench = new Bench();
    let release: (value: string) => void = () => undefined;
    bench.add('read', 'low', { cacheTtl: 1000, run: () => new Promise((resolve) => (release = resolve)) });
    bench.registry.add(
      defineTool({
        name: 'sell',
        description: 's',
        effect: 'write',
        danger: 'low',
        run: () => {
          release('old');
        },
      }),
    );
    const reading = bench.call();
    await bench.call({}, new Run(), { toolName: 'sell' });
    await reading;
    const again = bench.call();
    await Promise.resolve();
    await bench.call({}, new Run(), { toolName: 'sell' });
    expect((await again).outcome).to.equal('ok');
  });

  it('are not kept of a read while a write was under way that was stopped', async () => {
    const bench = new Bench();
    bench.add('read', 'low', { cacheTtl: 1000 });
    const run = new Run();
    const sell = async (): Promise<never> => {
      await bench.call();
      run.stop.abort();
      return new Promise<never>(() => undefined);
    };
    bench.registry.add(defineTool({ name: 'sell', description: 's', effect: 'write', danger: 'low', run: sell }));
    expect(await rejection(bench.call({}, run, { toolName: 'sell' }))).to.include({ code: 'aborted' });
    expect((await bench.call()).outcome).to.equal('ok');
  });

  it('are those of one thread, for what a middleware makes of them may not be for another', async () => {
    const bench = new Bench({
      middleware: [{ name: 'whose', after: ({ threadId }) => ({ outcome: 'ok', output: `for ${threadId}` }) }],
    });
    bench.add('read', 'low', { cacheTtl: 1000 });
    await bench.call();
    const other = Object.assign(new Run(), { threadId: 'other' });
    expect((await bench.call({}, other)).output).to.deep.equal({ type: 'json', value: 'for other' });
  });

  it('are none that is within itself: the call fails, and not the run', async () => {
    const bench = new Bench();
    const endless: unknown[] = [];
    endless.push(endless);
    bench.add('read', 'low', { cacheTtl: 1000, run: () => endless });
    expect((await bench.call()).error).to.include({ code: 'tool-failed' });
  });

  it('are not those of a tool that was offered anew under the same name', async () => {
    const bench = new Bench();
    const remove = bench.add('read', 'low', { cacheTtl: 1000, run: () => 'old' });
    await bench.call();
    remove();
    bench.add('read', 'low', { cacheTtl: 1000, run: () => 'new' });
    expect((await bench.call()).output).to.deep.equal({ type: 'json', value: 'new' });
  });

  it('are no failures', async () => {
    let tries = 0;
    const bench = new Bench();
    bench.add('read', 'low', {
      cacheTtl: 1000,
      run: () => {
        if (tries++ === 0) throw new Error('not yet');
        return 'ok';
      },
    });
    expect([(await bench.call()).outcome, (await bench.call()).outcome]).to.deep.equal(['failed', 'ok']);
  });
});

describe('taking a call back', () => {
  const context = { signal: new AbortController().signal, idempotencyKey: 'k', progress: () => undefined };

  it('hands input and output to the tool, and forgets what was read before', async () => {
    const bench = new Bench();
    const undone: unknown[] = [];
    bench.add('write', 'low', {
      undo: (call) => {
        undone.push(call);
      },
    });
    bench.registry.add(
      defineTool({ name: 'look', description: 'l', effect: 'read', cacheTtl: 1000, run: () => 'old' }),
    );
    const look = async () => (await bench.call({}, new Run(), { toolName: 'look' })).outcome;
    expect([await look(), await look()]).to.deep.equal(['ok', 'cached']);
    const call = { tool: 'do', input: { n: 1 }, output: 'done' };
    expect(await bench.executor.undo(call, context)).to.deep.equal({ outcome: 'ok', output: undefined });
    expect(undone).to.deep.equal([{ input: { n: 1 }, output: 'done' }]);
    expect(await look()).to.equal('ok');
  });

  it('is refused where the tool cannot', async () => {
    const bench = new Bench();
    bench.add('write', 'low');
    const undo = bench.executor.undo({ tool: 'do', input: {}, output: 1 }, context);
    expect(await rejection(undo)).to.include({ code: 'undo-failed' });
  });
});
