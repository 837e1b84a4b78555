/** What is said in English in the panel of permissions, which comes with it. */

/** What a capability means to a person, by its name; `network:` stands for all that name another place. */
type May = Readonly<Record<string, (place: string) => string>>;

export const permissions = Object.freeze({
  permissionsMeaning: 'The assistant does this without asking. You can take it back at any time.',
  noPermissions: 'The assistant asks before everything that could do harm. What you allow for longer is listed here.',
  held: Object.freeze({ run: 'For this message', thread: 'In this conversation', always: 'Always on this site' }),
  since: (date: string) => `since ${date}`,
  revoke: 'Revoke',
  revokeTool: (tool: string) => `Revoke: ${tool}`,
  abilities: Object.freeze({
    title: 'Abilities',
    meaning: 'This site has given the assistant more to work with. You can turn it off.',
    turnOff: 'Turn off',
    turnOn: 'Turn on',
    switching: (name: string, isOn: boolean) => `${isOn ? 'Turn off' : 'Turn on'}: ${name}`,
    // In English they come with the capabilities.
    may: Object.freeze({}) as May,
  }),
});
