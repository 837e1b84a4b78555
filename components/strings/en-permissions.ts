/** What is said in English in the panel of permissions, which comes with it. */
export const permissions = Object.freeze({
  permissionsMeaning: 'The assistant does this without asking. You can take it back at any time.',
  noPermissions: 'The assistant asks before everything that could do harm. What you allow for longer is listed here.',
  held: Object.freeze({ run: 'For this message', thread: 'In this conversation', always: 'Always on this site' }),
  since: (date: string) => `since ${date}`,
  revoke: 'Revoke',
  revokeTool: (tool: string) => `Revoke: ${tool}`,
});
