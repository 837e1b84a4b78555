/** The registry: names and aliases, sources, batches, freezing, and what is told of it. */
import { expect } from 'chai';
import type { AgentError, Tool, ToolSource } from '../../src/core/index.ts';
import { createToolRegistry, defineTool } from '../../src/tools/index.ts';
import type { ToolDefinition } from '../../src/tools/index.ts';

const sketch = (name: string, changes: Partial<ToolDefinition<never, unknown>> = {}): Tool =>
  defineTool<never>({ name, description: `Do ${name}`, effect: 'read', run: () => name, ...changes });

/** The error that something throws. */
function thrown(work: () => unknown): AgentError {
  try {
    work();
  } catch (error) {
    return error as AgentError;
  }
  throw new Error('It did not throw.');
}

const yes = (): boolean => true;

describe('a tool that is registered', () => {
  it('is found by its name and by its aliases, with what was made of it once', () => {
    const registry = createToolRegistry();
    const tool = sketch('add_to_cart', { aliases: ['buy', 'put'] });
    registry.add(tool);
    const entry = registry.get('add_to_cart');
    expect(entry).to.include({ tool, source: 'site' });
    for (const alias of ['buy', 'put']) expect(registry.get(alias)).to.equal(entry);
    expect(entry.forms.compact).to.equal(entry.forms.compact);
    expect(entry.read({})).to.deep.equal({});
  });

  it('is gone when it is withdrawn, and stays what another has become after it', () => {
    const registry = createToolRegistry();
    const withdraw = registry.add(sketch('a', { aliases: ['b'] }));
    withdraw();
    for (const name of ['a', 'b']) expect(thrown(() => registry.get(name))).to.include({ code: 'unknown-tool' });
    registry.add(sketch('a'));
    const { version } = registry;
    withdraw();
    expect(registry.get('a').tool.name).to.equal('a');
    expect(registry.version).to.equal(version);
  });

  it('is refused when its name is taken in its source, and nothing changes', () => {
    const registry = createToolRegistry();
    const first = sketch('a');
    registry.add(first);
    const { version } = registry;
    const error = thrown(() => registry.add(sketch('a', { category: 'late' })));
    expect(error).to.include({ code: 'tool-exists' });
    expect(registry.version).to.equal(version);
    expect(registry.get('a').tool).to.equal(first);
    expect(registry.categories.names()).not.to.include('late');
  });

  it('is refused when its schema cannot be read, at once and not when it is called', () => {
    const registry = createToolRegistry();
    const tool = sketch('a', { input: { type: 'object', properties: { x: { $ref: '#/$defs/none' } } } });
    expect(thrown(() => registry.add(tool))).to.include({ code: 'invalid-tool' });
    expect(registry.list()).to.deep.equal([]);
  });

  it('is refused under the reserved name, also as an alias', () => {
    const registry = createToolRegistry();
    for (const tool of [sketch('read_output'), sketch('a', { aliases: ['read_output'] })]) {
      expect(thrown(() => registry.add(tool))).to.include({ code: 'invalid-tool' });
    }
  });

  for (const source of ['mcp', 'webmcp'] as const) {
    it(`from ${source} is untrusted whatever it says, and still a tool`, () => {
      const registry = createToolRegistry();
      const tool = sketch('a', { untrusted: false });
      registry.add(tool, { source });
      expect(registry.get('a').tool).to.deep.include({ ...tool, untrusted: true });
      // What the registry holds can be registered elsewhere.
      createToolRegistry().add(registry.get('a').tool);
      expect(tool.untrusted).to.equal(false);
    });
  }

  for (const source of ['site', 'vertical'] as const) {
    it(`from ${source} is as trusted as it says`, () => {
      const registry = createToolRegistry();
      registry.add(sketch('a'), { source });
      registry.add(sketch('b', { untrusted: true }), { source });
      expect([registry.get('a').tool.untrusted, registry.get('b').tool.untrusted]).to.deep.equal([false, true]);
    });
  }
});

describe('two tools of one name', () => {
  const sources: readonly ToolSource[] = ['site', 'vertical', 'mcp', 'webmcp'];

  for (const order of [sources, [...sources].reverse()]) {
    it(`give way by their source, coming as ${order.join(', ')}`, () => {
      const registry = createToolRegistry();
      const withdraw = new Map(order.map((source) => [source, registry.add(sketch('a'), { source })] as const));
      for (const source of sources) {
        expect(registry.get('a').source).to.equal(source);
        expect(registry.list()).to.deep.equal([registry.get('a')]);
        withdraw.get(source)?.();
      }
      expect(thrown(() => registry.get('a'))).to.include({ code: 'unknown-tool' });
    });
  }

  it('have only the aliases of the one that is used', () => {
    const registry = createToolRegistry();
    registry.add(sketch('a', { aliases: ['far'] }), { source: 'mcp' });
    const withdraw = registry.add(sketch('a', { aliases: ['near'] }));
    expect(registry.get('near').source).to.equal('site');
    expect(thrown(() => registry.get('far'))).to.include({ code: 'unknown-tool' });
    withdraw();
    expect(registry.get('far').source).to.equal('mcp');
    expect(thrown(() => registry.get('near'))).to.include({ code: 'unknown-tool' });
  });

  it('are both listed, and the one that gives way says to what and why', () => {
    const registry = createToolRegistry();
    registry.add(sketch('a'));
    registry.add(sketch('a'), { source: 'mcp' });
    const [used, shadowed] = registry.info(yes);
    expect(used).not.to.have.property('clash');
    expect(used).to.include({ source: 'site', granted: true });
    expect(shadowed).to.include({ source: 'mcp', granted: false });
    expect(shadowed?.clash).to.equal('The tool of this name from site is used, because site comes before mcp.');
  });

  it('are disabled by their name, whichever is used', () => {
    const registry = createToolRegistry();
    const withdraw = registry.add(sketch('a'));
    registry.add(sketch('a'), { source: 'mcp' });
    registry.enable('a', false);
    withdraw();
    expect(thrown(() => registry.get('a'))).to.include({ code: 'tool-disabled' });
  });
});

describe('an alias that two would have', () => {
  const ownerOf = (alias: string, ...added: readonly (readonly [Tool, ToolSource])[]): string => {
    const registry = createToolRegistry();
    for (const [tool, source] of added) registry.add(tool, { source });
    return registry.get(alias).tool.name;
  };
  const a = sketch('a', { aliases: ['x'] });
  const b = sketch('b', { aliases: ['x'] });
  const x = sketch('x');

  it('leads to the tool that is named so, whatever the sources and the order', () => {
    expect(ownerOf('x', [a, 'site'], [x, 'webmcp'])).to.equal('x');
    expect(ownerOf('x', [x, 'webmcp'], [a, 'site'])).to.equal('x');
  });

  it('leads to the earlier source, whatever the order', () => {
    expect(ownerOf('x', [a, 'mcp'], [b, 'vertical'])).to.equal('b');
    expect(ownerOf('x', [b, 'vertical'], [a, 'mcp'])).to.equal('b');
  });

  it('leads within a source to the one that came first', () => {
    expect(ownerOf('x', [a, 'site'], [b, 'site'])).to.equal('a');
    expect(ownerOf('x', [b, 'site'], [a, 'site'])).to.equal('b');
  });

  it('leads to the next when its owner is withdrawn', () => {
    const registry = createToolRegistry();
    const owners = [registry.add(x), registry.add(a), registry.add(b)];
    for (const [index, name] of ['x', 'a', 'b'].entries()) {
      expect(registry.get('x').tool.name).to.equal(name);
      owners[index]?.();
    }
  });

  it('is explained to those that do not have it', () => {
    const registry = createToolRegistry();
    const clashes = (): readonly (string | undefined)[] => registry.info(yes).map(({ clash }) => clash);
    registry.add(a);
    registry.add(b);
    registry.add(sketch('c', { aliases: ['y', 'x'] }), { source: 'mcp' });
    expect(clashes()).to.deep.equal([
      undefined,
      'Of its aliases, "x" leads to "a", which came first.',
      'Of its aliases, "x" leads to "a", which is from site.',
    ]);
    registry.add(x, { source: 'webmcp' });
    expect(clashes()[0]).to.equal('Of its aliases, "x" leads to "x", which is named so.');
  });
});

describe('a tool that is disabled', () => {
  it('is not called, listed or found, and is again when it is enabled', () => {
    const registry = createToolRegistry();
    registry.add(sketch('pay', { aliases: ['checkout'] }));
    registry.enable('checkout', false);
    for (const name of ['pay', 'checkout']) {
      expect(thrown(() => registry.get(name))).to.include({ code: 'tool-disabled' });
    }
    expect([registry.list(), registry.search('pay', 9)]).to.deep.equal([[], []]);
    expect(registry.info(yes)[0]).to.include({ enabled: false, granted: false });
    expect(registry.find('pay')?.tool.name).to.equal('pay');
    registry.enable('pay', true);
    expect(registry.list()).to.deep.equal([registry.get('pay')]);
    expect(registry.search('pay', 9)).to.have.length(1);
  });

  it('is one that is there', () => {
    const registry = createToolRegistry();
    const disable = (): void => {
      registry.enable('none', false);
    };
    expect(thrown(disable)).to.include({ code: 'unknown-tool' });
  });
});

describe('a name that is not there', () => {
  it('is answered with those that are close, and never with all of many', () => {
    const registry = createToolRegistry();
    for (let i = 0; i < 1000; i++) registry.add(sketch(`tool_${i}`));
    registry.add(sketch('list_orders'));
    expect(thrown(() => registry.get('orders')).fix).to.equal('Use one of: list_orders, among 1001.');
    const { message, fix, details } = thrown(() => registry.get('quite_another'));
    expect(JSON.stringify([message, fix, details]).length).to.be.below(1000);
    expect(fix).to.include('tool_0, tool_1,').and.to.include('among 1001');
  });

  it('is answered with what to do where there are none', () => {
    expect(thrown(() => createToolRegistry().get('a')).fix).to.include('agent.tool()');
  });
});

describe('the list of tools', () => {
  it('is the same until something changes, cannot be changed, and is in the order of coming', () => {
    const registry = createToolRegistry();
    registry.add(sketch('b'));
    registry.add(sketch('a'));
    const list = registry.list();
    expect(list.map(({ tool }) => tool.name)).to.deep.equal(['b', 'a']);
    expect(registry.list()).to.equal(list);
    expect(list).to.satisfy(Object.isFrozen);
    registry.enable('b', false);
    registry.enable('b', true);
    expect(registry.list()).not.to.equal(list);
    expect(registry.list()).to.deep.equal(list);
  });

  it('as information has what each tool is, and what is granted', () => {
    const registry = createToolRegistry();
    registry.add(sketch('a', { aliases: ['x'], category: 'page', effect: 'write', danger: 'high' }));
    registry.add(sketch('b'));
    registry.categories.register('mine', ['a']);
    const [a, b] = registry.info((name) => name === 'a');
    expect(a).to.deep.equal({
      ...{ name: 'a', aliases: ['x'], description: 'Do a', categories: ['page', 'mine'] },
      ...{ effect: 'write', danger: 'high', source: 'site', enabled: true, granted: true },
    });
    expect(b).to.include({ name: 'b', granted: false });
  });
});

describe('the version', () => {
  it('grows by one with each change, and by none with what changes nothing', () => {
    const registry = createToolRegistry();
    const steps = [
      () => void registry.add(sketch('a')),
      () => {
        registry.enable('a', false);
      },
      () => {
        registry.categories.register('mine', ['a']);
      },
      () => {
        registry.categories.extend('mine', ['b']);
      },
      () => void registry.add(sketch('a'), { source: 'mcp' }),
    ];
    for (const step of steps) {
      const { version } = registry;
      step();
      expect(registry.version).to.equal(version + 1);
    }
    const { version } = registry;
    registry.enable('a', false);
    registry.list();
    registry.search('a', 1);
    expect(registry.version).to.equal(version);
  });

  it('grows by one with a batch, also one within another or one that throws, and gives what it gave', () => {
    const registry = createToolRegistry();
    const given = registry.batch(() => {
      registry.add(sketch('a'));
      registry.batch(() => registry.add(sketch('b')));
      registry.categories.register('mine', []);
      return 'given';
    });
    expect([given, registry.version]).to.deep.equal(['given', 1]);
    const failing = (): void => {
      registry.batch(() => {
        registry.add(sketch('c'));
        registry.add(sketch('c'));
      });
    };
    expect(thrown(failing)).to.include({ code: 'tool-exists' });
    expect(registry.version).to.equal(2);
    registry.batch(() => registry.list());
    expect(registry.version).to.equal(2);
  });
});

describe('a frozen registry', () => {
  it('takes nothing more unless that is said, and lets tools go and be disabled', () => {
    const registry = createToolRegistry();
    const withdraw = registry.add(sketch('a'));
    registry.freeze();
    const late = [
      () => registry.add(sketch('b')),
      () => {
        registry.categories.register('mine', []);
      },
      () => {
        registry.categories.extend('core', ['a']);
      },
    ];
    for (const add of late) expect(thrown(add)).to.include({ code: 'tools-frozen' });
    expect(registry.categories.names()).not.to.include('mine');
    registry.enable('a', false);
    withdraw();
    registry.add(sketch('b'), { allowRuntime: true });
    registry.categories.register('mine', ['b'], { allowRuntime: true });
    registry.categories.extend('core', ['b'], { allowRuntime: true });
    expect(registry.categories.of('b')).to.deep.equal(['custom', 'mine', 'core']);
  });

  it('warns once, with the counts of what came at once', async () => {
    const warnings: string[] = [];
    const registry = createToolRegistry((message) => warnings.push(message));
    registry.add(sketch('early'));
    registry.freeze();
    const add = (name: string): unknown => registry.add(sketch(name), { allowRuntime: true });
    for (const name of ['a', 'b', 'c']) add(name);
    registry.categories.extend('core', ['a'], { allowRuntime: true });
    expect(warnings).to.deep.equal([]);
    await Promise.resolve();
    add('d');
    await Promise.resolve();
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/ 3 more tool.* 1 change.* of categories/);
  });
});
