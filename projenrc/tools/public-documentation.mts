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

/** What a file's exported declarations lack. */
export function missingDocumentation(file: string, text: string): MissingDocumentation[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: MissingDocumentation[] = [];
  const report = (node: ts.Node, symbol: string, lacks: MissingDocumentation['lacks']) =>
    found.push({ file, symbol, lacks, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
  for (const statement of source.statements) {
    if (!ts.canHaveModifiers(statement) || !ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) continue;
    const declarations: readonly ts.NamedDeclaration[] = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations : [statement as unknown as ts.NamedDeclaration];
    const doc = documentation(statement);
    if (internal(doc)) continue;
    for (const declaration of declarations) {
      const name = (declaration as { name?: ts.Node }).name?.getText(source) ?? 'default';
      if (!speaks(doc)) report(declaration, name, 'doc comment');
      const seen = new Set<string>();
      for (const member of members(declaration)) {
        const own = documentation(member);
        const memberName = member.name?.getText(source) ?? '[index]';
        if (hidden(member) || internal(own) || memberName.startsWith('#') || seen.has(memberName)) continue;
        seen.add(memberName); // an overload or a setter speaks through its first declaration
        if (!speaks(own)) report(member, `${name}.${memberName}`, 'doc comment');
        const optional = (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) && !!member.questionToken;
        if (optional && ts.isInterfaceDeclaration(declaration) && !own?.tags?.some((tag) => tag.tagName.text === 'default')) {
          report(member, `${name}.${memberName}`, '@default');
        }
      }
    }
  }
  return found;
}

/** Looks through the sources of all published packages below `root`. */
export function undocumentedSymbols(root: string): MissingDocumentation[] {
  return globSync('packages/*/src/**/*.ts', { cwd: root })
    .filter((file) => !/\/(private|vendor)\/|\/index\.ts$/.test(file)).sort()
    .flatMap((file) => missingDocumentation(file, readFileSync(path.join(root, file), 'utf8')));
}
