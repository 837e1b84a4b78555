import { expect } from 'chai';
import { mask, maskText } from '../../src/tools/mask.ts';

describe('masking', () => {
  const secrets = [
    'Bearer abcdef123456',
    'bearer abcdef123456',
    'Basic QWxhZGRpbjpvcGVuIHNlc2FtZTE=',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sflKxwRJSMeKKF2QT4fwpM',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----',
    'sk-live-abcdefghijklmnop',
    'ghp_abcdefghijklmnopqrstuvwxyz',
    'AKIAABCDEFGHIJKLMNOP',
    '4111 1111 1111 1111',
    '378282246310005',
  ];

  it('takes the shapes of secrets out of texts, also within words and lists', () => {
    for (const secret of secrets) {
      expect(maskText(`It is ${secret}, keep it.`)).to.equal('It is [masked], keep it.');
      expect(mask({ list: [new Map([['a', secret]])] })).to.deep.equal({ list: [new Map([['a', '[masked]']])] });
    }
  });

  it('takes secret fields out, however their names are written, and leaves the rest as the same object', () => {
    const rest = { name: 'Ada', at: new Date(0) };
    const masked = mask({ 'API-Key': 1, client_secret: { a: 1 }, password: null, rest }) as { rest: unknown };
    expect(masked).to.deep.equal({ 'API-Key': '[masked]', client_secret: '[masked]', password: null, rest });
    expect(masked.rest).to.equal(rest);
    expect(mask(rest)).to.equal(rest);
  });

  it('knows the names of secrets in longer names, and leaves those that are none', () => {
    const secret = ['token', 'newPassword', 'x-api-key', 'X-CSRF-Token', 'Set-Cookie', 'db_passwd', 'pin'];
    const plain = ['nextPageToken', 'maxTokens', 'passwordless', 'secretary', 'pinned', 'cookies'];
    for (const name of secret) expect(mask({ [name]: 'a' }), name).to.deep.equal({ [name]: '[masked]' });
    for (const name of plain) expect(mask({ [name]: 'a' }), name).to.deep.equal({ [name]: 'a' });
  });

  it('leaves numbers that are no cards, and words that only begin like a key', () => {
    for (const text of ['4111 1111 1111 1112', 'sk-ip', 'Basic information', 'a bearer certificate', 'eyJust.a.word']) {
      expect(maskText(text)).to.equal(text);
    }
  });

  it('takes time in proportion to the text, whatever a stranger has put into it', () => {
    const starts = ['eyJ-', 'eyJaaaaa.', 'sk-', 'Bearer a.', '-----BEGIN PRIVATE KEY-----', '4111 ', 'xoxb-'];
    for (const start of starts) {
      const text = start.repeat(Math.ceil(500_000 / start.length));
      const begin = performance.now();
      maskText(text);
      expect(performance.now() - begin, start).to.be.below(500);
    }
  });
});
