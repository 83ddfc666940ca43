// Every public symbol says what it is for, and every optional property what holds without it.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One place that lacks its words. */
export interface MissingDocumentation {
  readonly file: string;
  readonly line: number;
  readonly symbol: string;
  readonly lacks: 'doc comment' | '@default';
}

const hidden = (node: ts.Node) => ts.canHaveModifiers(node)
  && (ts.getModifiers(node) ?? []).some((m) => m.kind === ts.SyntaxKind.PrivateKeyword || m.kind === ts.SyntaxKind.OverrideKeyword);

function documentation(node: ts.Node): ts.JSDoc | undefined {
  return (node as { jsDoc?: ts.JSDoc[] }).jsDoc?.at(-1);
}

const speaks = (doc: ts.JSDoc | undefined) => !!doc && (!!doc.comment?.length || !!doc.tags?.length);
const internal = (doc: ts.JSDoc | undefined) => !!doc?.tags?.some((tag) => tag.tagName.text === 'internal');

function members(node: ts.Declaration): readonly ts.NamedDeclaration[] {
  if (ts.isClassDeclaration(node)) {
    const parameters = node.members.filter(ts.isConstructorDeclaration).flatMap((c) => [...c.parameters])
      .filter((p) => ts.getModifiers(p)?.some((m) => m.kind === ts.SyntaxKind.ReadonlyKeyword || m.kind === ts.SyntaxKind.PublicKeyword));
    return [...node.members.filter((m) => !ts.isConstructorDeclaration(m) && !ts.isClassStaticBlockDeclaration(m)), ...parameters];
  }
  if (ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node)) return node.members;
  return [];
}

/** What a type says of itself, so that those that extend or implement it need not repeat it. */
interface Said {
  readonly documented: Set<string>;
  readonly bases: string[];
}

const memberName = (member: ts.NamedDeclaration, source: ts.SourceFile) => member.name?.getText(source) ?? '[index]';

function exportedStatements(source: ts.SourceFile): ts.Statement[] {
  return source.statements.filter((statement) => ts.canHaveModifiers(statement)
    && ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) && !internal(documentation(statement)));
}

/** Members that a declaration documents itself, and the names of what it extends or implements. */
function said(source: ts.SourceFile): Map<string, Said> {
  const found = new Map<string, Said>();
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    found.set(statement.name!.text, {
      documented: new Set(members(statement).filter((member) => speaks(documentation(member))).map((member) => memberName(member, source))),
      bases: (statement.heritageClauses ?? []).flatMap((clause) => clause.types).map((type) => type.expression.getText(source)),
    });
  }
  return found;
}

function inherits(types: Map<string, Said>, type: string, member: string): boolean {
  return (types.get(type)?.bases ?? []).some((base) => types.get(base)?.documented.has(member) || inherits(types, base, member));
}

/** What the exported declarations of some files lack; `texts` are the files by path, all of which may be inherited from. */
export function missingDocumentation(files: readonly string[], texts: Readonly<Record<string, string>>): MissingDocumentation[] {
  const sources = new Map(Object.entries(texts).map(([file, text]) => [file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)]));
  const types = new Map([...sources.values()].flatMap((source) => [...said(source)]));
  return files.flatMap((file) => missingIn(file, sources.get(file)!, types));
}

function missingIn(file: string, source: ts.SourceFile, types: Map<string, Said>): MissingDocumentation[] {
  const found: MissingDocumentation[] = [];
  const report = (node: ts.Node, symbol: string, lacks: MissingDocumentation['lacks']) =>
    found.push({ file, symbol, lacks, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
  for (const statement of exportedStatements(source)) {
    const declarations: readonly ts.NamedDeclaration[] = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations : [statement as unknown as ts.NamedDeclaration];
    for (const declaration of declarations) {
      const name = declaration.name?.getText(source) ?? 'default';
      if (!speaks(documentation(statement))) report(declaration, name, 'doc comment');
      const seen = new Set<string>();
      for (const member of members(declaration)) {
        const own = documentation(member);
        const text = memberName(member, source);
        if (hidden(member) || internal(own) || text.startsWith('#') || seen.has(text)) continue;
        seen.add(text); // an overload or a setter speaks through its first declaration
        if (!speaks(own) && !inherits(types, name, text)) report(member, `${name}.${text}`, 'doc comment');
        if (ts.isInterfaceDeclaration(declaration) && ts.isPropertySignature(member) && member.questionToken
          && !own?.tags?.some((tag) => tag.tagName.text === 'default')) {
          report(member, `${name}.${text}`, '@default');
        }
      }
    }
  }
  return found;
}

/** Files that a package publishes: those that its index names. */
function publishedFiles(root: string, index: string): string[] {
  return [...readFileSync(path.join(root, index), 'utf8').matchAll(/^export .* from '\.\/(.+)';$/gm)].map(([, module]) => `${path.dirname(index)}/${module}.ts`);
}

/** Looks through the public sources of all published packages below `root`. */
export function undocumentedSymbols(root: string): MissingDocumentation[] {
  const all = globSync('packages/*/src/**/*.ts', { cwd: root }).filter((file) => !file.includes('/vendor/'));
  const texts = Object.fromEntries(all.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
  return missingDocumentation(globSync('packages/*/src/index.ts', { cwd: root }).sort().flatMap((index) => publishedFiles(root, index)), texts);
}
