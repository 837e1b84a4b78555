import { expect } from 'chai';
import { html } from 'lit';
import '../../../components/define.ts';
import { defineStrings } from '../../../components/index.ts';
import type { InpageChat, StringsOverride } from '../../../components/index.ts';
import { expectAccessible } from '../../helpers/axe.ts';
import { fixture, until } from '../../helpers/fixture.ts';
import { find, part, textOf } from '../chat.ts';
import { approval, FakeAgent, FakeThread } from '../fake-agent.ts';

interface Said {
  readonly chat: InpageChat;
  readonly place: HTMLElement;
}

async function speaking(lang: string | undefined, strings?: StringsOverride): Promise<Said> {
  const place = document.createElement('div');
  if (lang !== undefined) place.lang = lang;
  const chat = document.createElement('inpage-chat');
  chat.agent = new FakeAgent(new FakeThread('main', [], [approval()]));
  if (strings) chat.strings = strings;
  place.append(chat);
  await fixture(html`<inpage-progress></inpage-progress>${place}`);
  await until(() => find(chat, '.question'), 'the question is shown');
  return { chat, place };
}

const approve = (chat: InpageChat): string => textOf(part(chat, 'approve'));

describe('what the elements say', () => {
  it('is in the language of the element or of what it stands in', async () => {
    expect(approve((await speaking(undefined)).chat)).to.equal('Approve');
    expect(approve((await speaking('de')).chat)).to.equal('Zustimmen');
    expect(approve((await speaking('de-AT')).chat)).to.equal('Zustimmen');
    expect(part((await speaking('de')).chat, 'composer').getAttribute('placeholder')).to.equal('Nachricht schreiben');
  });

  it('is in the language around the shadow root that the element is in', async () => {
    const outer = await fixture<InpageChat>(html`<inpage-progress lang="de"></inpage-progress>`);
    const chat = document.createElement('inpage-chat');
    chat.agent = new FakeAgent(new FakeThread('main', [], [approval()]));
    outer.shadowRoot?.append(chat);
    await until(() => find(chat, '.question'), 'the question is shown');
    expect(approve(chat)).to.equal('Zustimmen');
  });

  it('is shown in no other language before', async () => {
    const chat = document.createElement('inpage-chat');
    chat.lang = 'de';
    chat.agent = new FakeAgent();
    const seen = new Set<string>();
    const note = (): void => {
      const said = find(chat, '[part=composer]')?.getAttribute('placeholder');
      if (typeof said === 'string') seen.add(said);
    };
    new MutationObserver(note).observe(chat.shadowRoot ?? chat.attachShadow({ mode: 'open' }), {
      childList: true,
      subtree: true,
    });
    await fixture(html`<inpage-progress></inpage-progress>${chat}`);
    await until(() => seen.size > 0, 'it is shown');
    expect([...seen]).to.deep.equal(['Nachricht schreiben']);
  });

  it('changes with the language of the page', async () => {
    const { chat, place } = await speaking('en');
    expect(approve(chat)).to.equal('Approve');
    place.lang = 'de';
    await until(() => approve(chat) === 'Zustimmen', 'it is German');
    place.lang = 'en';
    await until(() => approve(chat) === 'Approve', 'it is English again');
  });

  it('is English where there is no pack, and stands as the page does', async () => {
    const { chat, place } = await speaking('he');
    place.dir = 'rtl';
    expect(approve(chat)).to.equal('Approve');
    expect(getComputedStyle(part(chat, 'base')).direction).to.equal('rtl');
  });

  it('stands from right to left in Arabic, whatever the page does', async () => {
    const { chat } = await speaking('ar');
    expect(approve(chat)).to.equal('موافقة');
    expect(getComputedStyle(part(chat, 'base')).direction).to.equal('rtl');
    await expectAccessible(chat);
  });

  it('has dates in the form of the language', async () => {
    const { chat } = await speaking('de');
    const until2030 = approval({ expiresAt: Date.UTC(2030, 9, 1, 12) });
    chat.agent = new FakeAgent(new FakeThread('other', [], [until2030]));
    await until(() => find(chat, '.expiry'), 'the date is shown');
    expect(textOf(find(chat, '.expiry'))).to.contain('Keine Antwort bis 01.10.2030');
  });

  it('is what the page sets, text by text, and the rest as it was', async () => {
    const { chat } = await speaking('de', { approve: 'Nur zu', danger: { high: 'Vorsicht' } });
    expect(approve(chat)).to.equal('Nur zu');
    expect(textOf(find(chat, '.danger'))).to.equal('Vorsicht');
    expect(textOf(part(chat, 'reject'))).to.equal('Ablehnen');
    chat.strings = { reject: 'Nein' };
    await chat.updateComplete;
    expect([approve(chat), textOf(part(chat, 'reject'))]).to.deep.equal(['Zustimmen', 'Nein']);
  });

  it('is what a function of the page makes of it', async () => {
    const { chat } = await speaking('de', (strings) => ({ approve: `${strings.approve}!` }));
    expect(approve(chat)).to.equal('Zustimmen!');
  });

  it('can be another language altogether, for all elements, also for those that are shown', async () => {
    const { chat } = await speaking('nl');
    expect(approve(chat)).to.equal('Approve');
    defineStrings('nl', { approve: 'Goedkeuren' });
    defineStrings('nl', { reject: 'Afwijzen' });
    await chat.updateComplete;
    expect([approve(chat), textOf(part(chat, 'reject'))]).to.deep.equal(['Goedkeuren', 'Afwijzen']);
    expect(approve((await speaking('nl-BE')).chat)).to.equal('Goedkeuren');
  });

  it('is there also for an element that was out of the page when it came', async () => {
    const chat = (await speaking('tlh')).chat;
    chat.lang = 'tlh';
    chat.remove();
    defineStrings('tlh', { approve: 'HIja’' });
    chat.requestUpdate();
    await chat.updateComplete;
    expect(approve(chat)).to.equal('HIja’');
  });

  it('takes no harm from a language that is none', async () => {
    expect(approve((await speaking('de_AT')).chat)).to.equal('Zustimmen');
    expect(approve((await speaking('x--y')).chat)).to.equal('Approve');
  });
});
