/** The comments that mark a block in a file, in the file's own syntax. */

import { FileProblem } from './file-problem.ts'

/** By file extension in lower case; other files use `#`. */
const comments: ReadonlyMap<string, readonly [string, string]> = new Map([
  ...of(['<!-- ', ' -->'], 'xml html htm xhtml svg xsd xsl xslt plist md vue'),
  ...of(['/* ', ' */'], 'css scss less'),
  ...of(['// ', ''], 'js mjs cjs ts jsx tsx json5 jsonc c h cc cpp hpp cs java go rs kt kts swift'),
  ...of(['// ', ''], 'php scala dart groovy gradle proto'),
  ...of(['-- ', ''], 'sql lua hs'),
  ...of(['; ', ''], 'zone el lisp scm asm reg'),
  ...of(['" ', ''], 'vim vimrc'),
  ...of(['% ', ''], 'tex sty cls erl'),
  ...of(['rem ', ''], 'bat cmd'),
])

/** Formats without comments. */
const without = new Set(['json', 'csv', 'tsv', 'pem', 'crt', 'key', 'geojson', 'ipynb'])

/** @throws {FileProblem} For a file format without comments. */
export function blockMarks(
  path: string,
  id: string,
): { readonly begin: string; readonly end: string } {
  const kind = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  if (without.has(kind)) throw new FileProblem('no-comment', `.${kind}`)
  const [open, close] = comments.get(kind) ?? ['# ', '']
  return { begin: `${open}runbook ${id} begin${close}`, end: `${open}runbook ${id} end${close}` }
}

function of(
  marks: readonly [string, string],
  kinds: string,
): readonly (readonly [string, readonly [string, string]])[] {
  return kinds.split(' ').map((kind) => [kind, marks] as const)
}
