/** What is said in English by the button in the corner and its panel. */
export const agentWords = Object.freeze({
  conversations: 'Conversations',
  openAgent: 'Ask the assistant',
  closeAgent: 'Close the assistant',
});
