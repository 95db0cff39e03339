import ts from 'typescript'
import type { SourceFile } from './source.ts'

/** A function of a store, at the top of its file. */
export interface StoreFunction {
  path: string
  name: string
  exported: boolean
  /** The type of its first parameter as it is written: what the function is given to speak SQL with. */
  takes: string
  /** Whether any of its statements changes or locks rows. */
  writes: boolean
}

const WRITES = /\binsert\s+into\b|\bupdate\s+\S+\s+set\b|\bdelete\s+from\b|\bfor\s+update\b|\block\s+table\b/i

/** Returns the functions of a file. What is written for it elsewhere (claimDue, an advisory lock) counts as its own. */
export function storeFunctionsIn({ path, text }: SourceFile): StoreFunction[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return source.statements.filter(ts.isFunctionDeclaration).map((declared) => ({
    path,
    name: declared.name?.text ?? '',
    exported: declared.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false,
    takes: declared.parameters[0]?.type?.getText(source) ?? '',
    writes: writesIn(declared),
  }))
}

function writesIn(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return WRITES.test(node.getText())
  if (ts.isCallExpression(node) && /^(?:claimDue|lockUntilCommit)$/.test(node.expression.getText()))
    return true
  return ts.forEachChild(node, (child) => writesIn(child) || undefined) ?? false
}
