/** What is said in English of how the assistant works just now, which comes with the notices. */
export const notices = Object.freeze({
  ownKey: 'Your key is kept in memory alone, until you leave this page. Every script of this page can read it.',
  modelGone: 'The language model could not be used, so a rule-based assistant answers.',
  downloadable: 'This browser has a language model of its own, which can be downloaded. Until then rules answer.',
  downloading: 'This browser is downloading its language model. Until it is there, rules answer.',
  download: 'Download',
  downloadUnderWay: 'Downloading the language model',
  cancelDownload: 'Cancel',
  downloadFailed: 'The language model could not be downloaded.',
  downloaded: 'The language model is there. It answers once this page has been loaded again.',
  hasDownloaded: 'Downloaded.',
  reload: 'Load again',
  inPage: 'The assistant runs in the page itself, because this site lets no worker start.',
  full: 'This device has no room left. The conversation goes on, but what comes now is kept only until you close the page. Free some space, or delete conversations that you do not need.',
  offline: (host: string) => `You are offline. ${host} answers only once you are online again.`,
  online: 'You are online again.',
  memoryOnly: 'This browser keeps nothing: the conversation is gone when you close the page.',
});
