/** What `dist/custom-elements.json` is made from: the comments and properties of the elements. And what is made from that: types. */
import { writeFileSync } from 'node:fs';

/** What stands in front of both files of types. */
const HEAD = `// Made from the manifest of the elements by the build.
import type {} from './components/define.ts';
`;

/** The elements of the manifest, by their tags. */
const elementsOf = ({ modules }) =>
  modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName !== undefined);

/** What may be set on an element, as a type. */
function propsOf({ tagName, members = [], attributes = [] }) {
  const element = `HTMLElementTagNameMap['${tagName}']`;
  const fields = members.filter(
    ({ kind, name, privacy, readonly, static: isStatic }) =>
      kind === 'field' && !privacy && !readonly && !isStatic && !name.startsWith('#'),
  );
  const names = fields.map(({ name }) => `'${name}'`).join(' | ');
  const others = attributes.filter(({ name, fieldName }) => name !== fieldName);
  const attribute = others.map(({ name, fieldName }) => `'${name}'?: ${element}['${fieldName}'];`).join(' ');
  return `Partial<Pick<${element}, ${names}>> & { ${attribute} }`;
}

/** What listens to its events, as a type. @param nameOf the property for an event */
const handlersOf = ({ events = [] }, nameOf) =>
  events
    .flatMap(({ name }) => (name?.startsWith('inpage-') ? [name] : []))
    .map((name) => `'${nameOf(name)}'?: (event: GlobalEventHandlersEventMap['${name}']) => void;`)
    .join(' ');

function react(elements) {
  const lines = elements.map((element) => {
    const { tagName } = element;
    const own = `${propsOf(element)} & { ${handlersOf(element, (name) => `on${name}`)} }`;
    return `      '${tagName}': Tag<HTMLElementTagNameMap['${tagName}'], ${own}>;`;
  });
  return `${HEAD}import type { DetailedHTMLProps, HTMLAttributes } from 'react';

type Tag<E, Own> = Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof Own> & Own;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${lines.join('\n')}
    }
  }
}
`;
}

/** The name of a property in templates of Vue: \`inpage-message\` is \`onInpageMessage\`. */
const vueName = (name) => `on-${name}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

function vue(elements) {
  const lines = elements.map((element) => {
    const own = `${propsOf(element)} & { ${handlersOf(element, vueName)} }`;
    return `    '${element.tagName}': Tag<${own}>;`;
  });
  return `${HEAD}import type { HTMLAttributes, PublicProps } from 'vue';

type Tag<Own> = new () => { $props: Omit<HTMLAttributes & PublicProps, keyof Own> & Own };

declare module 'vue' {
  interface GlobalComponents {
${lines.join('\n')}
  }
}
`;
}

/** Has properties that a list declares be told as those of decorators are: public unless said, and none that a comment leaves out. */
const declared = {
  name: 'inpage:declared',
  packageLinkPhase({ customElementsManifest }) {
    for (const declaration of customElementsManifest.modules.flatMap(({ declarations = [] }) => declarations)) {
      declaration.members = declaration.members
        ?.filter(({ kind, type, privacy }) => kind !== 'field' || type !== undefined || privacy !== 'public')
        .map(({ privacy, ...member }) => (privacy === 'public' ? member : { ...member, privacy }));
    }
  },
};

/** Writes the types of the elements for React and Vue beside those of the package. */
const frameworks = {
  name: 'inpage:frameworks',
  packageLinkPhase({ customElementsManifest }) {
    const elements = elementsOf(customElementsManifest);
    writeFileSync('dist/types/react.d.ts', react(elements));
    writeFileSync('dist/types/vue.d.ts', vue(elements));
  },
};

export default {
  globs: ['components/**/*.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [declared, frameworks],
};
