/** Makes docs/api.md of the types and the comments of what the package exports. */
import { join } from 'node:path';
import ts from 'typescript';

/** The entries of the package and the files that they are made of. */
export const ENTRIES = {
  inpage: ['src/index.ts', 'In a page: the agent, its threads, tools and models.'],
  'inpage/worker': ['src/serve.ts', 'In a worker of your own.'],
  'inpage/engine': ['src/engine.ts', 'The graph engine: in a page, a worker or Node.'],
  'inpage/workflows': ['src/workflows.ts', 'Workflows: in a page or Node.'],
  'inpage/verticals': ['src/verticals.ts', 'Verticals: in a page.'],
  'inpage/verticals/forms': ['src/forms.ts', 'The vertical of forms.'],
  'inpage/elements': ['components/define.ts', 'The elements; importing it registers them.'],
  'inpage/elements/chat': ['components/define-chat.ts', 'Registers `<inpage-chat>` alone.'],
  'inpage/inpage.js': ['src/script-tag.ts', 'The types of the script tag; the file itself exports nothing.'],
} as const;

/** The entries that have no exports to tell of. */
export const FILES = {
  'inpage/react': 'Types of the elements for JSX of React: [how](reference.md#react-and-vue).',
  'inpage/vue': 'The same for templates of Vue.',
  'inpage/page.js': 'What the script tag loads.',
  'inpage/parts/*': 'What that and the elements load later.',
  'inpage/integrity.json': 'The hashes of these files, by name.',
  'inpage/inpage-forms.js': '`inpage/verticals` and `inpage/verticals/forms` in one module, for pages without a build.',
  'inpage/worker.js': 'The stock worker, which follows rules.',
  'inpage/worker-models.js': 'The stock worker for language models.',
  'inpage/worker-workflows.js': 'What these load to run workflows.',
  'inpage/custom-elements.json': 'The manifest of the elements, for editors.',
  'inpage/package.json': 'The package itself.',
} as const;

/** Names as they are, and nothing cut off. */
const FORMAT: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

/** The page, before it is formatted. */
export function apiPage(root: string): string {
  const files = Object.values(ENTRIES).map(([file]) => join(root, file));
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const program = ts.createProgram(files, { ...options, types: [] });
  const checker = program.getTypeChecker();
  const known = new Set<ts.Symbol>();
  const sections = Object.entries(ENTRIES).map(([entry, [file, what]]) => {
    const source = program.getSourceFile(join(root, file));
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${file} exports nothing.`);
    const exported = checker.getExportsOfModule(module).map((symbol) => resolved(symbol, checker));
    const again = exported.filter((symbol) => known.has(symbol)).map(({ name }) => `\`${name}\``);
    const fresh = exported.filter((symbol) => !known.has(symbol));
    for (const symbol of fresh) known.add(symbol);
    fresh.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
    const told = [`## ${entry}`, what, ...fresh.map((symbol) => tell(symbol, checker))];
    if (again.length > 0) told.push(`Also, as above: ${again.sort().join(', ')}.`);
    return told.join('\n\n');
  });
  return `# API

Every public export by entry, made of the types and their comments by \`npm run docs\`. How to use them is told in the
[reference](reference.md) and the pages that it names; parts and events of the elements stand in \`dist/custom-elements.json\`.

${sections.join('\n\n')}

## Files

${Object.entries(FILES)
  .map(([entry, what]) => `- \`${entry}\` ${what}`)
  .join('\n')}
`;
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What is called comes before what is only named. */
const rank = ({ flags }: ts.Symbol): number =>
  flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class | ts.SymbolFlags.Variable) ? 0 : 1;

function tell(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const [declaration] = symbol.declarations ?? [];
  const shape = (): string => {
    if (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable))
      return code(symbol.name + typeOf(symbol, checker));
    if (declaration && ts.isTypeAliasDeclaration(declaration)) return code(source(declaration).replace(/^export /, ''));
    return members(symbol, checker);
  };
  return [`### ${symbol.name}`, sentences(symbol, checker), shape()].filter((part) => part !== '').join('\n\n');
}

/** The members of a class or an interface that somebody outside may use. */
function members(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const rows = checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
    .filter((member) => isOwn(member) && !/^(__|~|#)/.test(member.name))
    .map((member) => `- \`${member.name}${typeOf(member, checker)}\` ${sentences(member, checker)}`.trim());
  const [made] = symbol.valueDeclaration ? checker.getTypeOfSymbol(symbol).getConstructSignatures() : [];
  const parameters = made?.getDeclaration().parameters.map((parameter) => source(parameter)) ?? [];
  return [...(made ? [code(`new ${symbol.name}(${parameters.join(', ')})`)] : []), rows.join('\n')].join('\n\n').trim();
}

/** Whether a member is this package's own and public; what a platform class gives is known. */
function isOwn({ declarations: [declaration] = [] }: ts.Symbol): boolean {
  if (!declaration || declaration.getSourceFile().fileName.includes('node_modules')) return false;
  return !(ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected));
}

/** `(name: string) => void` of a function, `: string` of a value: as it is written, where it is. */
function typeOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const declaration = symbol.declarations?.[0] as
    (ts.Declaration & { type?: ts.TypeNode; questionToken?: ts.Token<ts.SyntaxKind.QuestionToken> }) | undefined;
  const optional = declaration?.questionToken ? '?' : '';
  const isCalled = declaration !== undefined && ts.isFunctionLike(declaration);
  if (declaration?.type && !isCalled) return `${optional}: ${source(declaration.type)}`;
  const type = checker.getTypeOfSymbol(symbol);
  const [call, other] = type.getCallSignatures();
  if (!call || other) return `${optional}: ${checker.typeToString(type, undefined, FORMAT)}`;
  const made = call.getDeclaration() as ts.SignatureDeclaration | undefined;
  // As written, a type of the package has its name, instead of all that it is made of.
  if (!made?.type || !made.parameters.every((parameter) => parameter.type)) {
    return optional + checker.signatureToString(call, undefined, FORMAT);
  }
  const list = (nodes: readonly ts.Node[] = []): string => nodes.map(source).join(', ');
  const generics = made.typeParameters ? `<${list(made.typeParameters)}>` : '';
  return `${optional}${generics}(${list(made.parameters)}): ${source(made.type)}`;
}

/** The text of a node on one line, without comments. */
function source(node: ts.Node): string {
  return flat(node.getText().replaceAll(/\/\*\*[^]*?\*\/|\/\/.*$/gm, ''));
}

/** The comment of a symbol as one paragraph. */
function sentences(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const told = flat(text.replaceAll(/\{@link (\w+)\}/g, '`$1`'));
  // A tag is text, but for one that stands in a code span already.
  return told.replaceAll(/`[^`]*`|<(?=[a-z])/g, (found) => (found === '<' ? '\\<' : found));
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const code = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;
