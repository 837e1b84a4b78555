/** What is said in English where a message is put in other words, which comes with the form for it. */
export const rewording = Object.freeze({
  rewording: 'Your message in other words',
  rewordingMeaning: 'The conversation goes on from here as a copy. This one is kept.',
  keepWords: 'Cancel',
  reworded: 'Sent in a copy of the conversation.',
});
