import { mergedNames, named, valueOf } from '../model/named.ts'
/**
 * Words of other tools inside `{…}` that we know by name, with what says the same here.
 *
 * Runme, scrut, shelldoc, knitr, Hugo and Docusaurus all write into the braces of an info string.
 */
const foreign: Readonly<
  Record<string, { readonly tool: string; readonly help: string | undefined }>
> = mergedNames(
  of('Runme', {
    name: 'write `{#NAME}`',
    cwd: 'write `{dir=PATH}`',
    interactive: 'write a `dialog` fence after the block',
    interpreter: 'write `{run=COMMAND}`',
    promptEnv: 'declare variables: `vars:` in the front matter',
    excludeFromRunAll: 'write `{tags=…}` and run with `--tag`',
    category: 'write `{tags=…}`',
    closeTerminalOnSuccess: undefined,
    terminalRows: undefined,
    mimeType: undefined,
    ignore: 'write `{example}`',
  }),
  of('scrut', {
    output_stream: 'write `{stream=stdout}` on the `output` fence',
    fail_fast: 'the first failure ends a run unless `--keep-going` is given',
    detached: 'write `{background}`',
    wait: 'write `{ensures=… within=…}`',
    environment: 'declare variables: `vars:` in the front matter',
    skip_document_code: 'write `{unless=…}` or `{when=…}`',
    strip_ansi_escaping: undefined,
    keep_crlf: undefined,
  }),
  of('shelldoc', {
    shelldocexitcode: 'write `{exit=N}`',
    shelldocwhatever: 'write `{exit=any}`',
  }),
  of('knitr', {
    eval: 'write `{example}` for a block that is not run',
    echo: undefined,
    include: undefined,
    cache: undefined,
    results: 'write `{nocompare}` where an `output` block stands after it',
    engine: 'write `{run=COMMAND}`',
  }),
  of('a site generator', {
    linenos: undefined,
    linenostart: undefined,
    lineNos: undefined,
    hl_lines: undefined,
    anchorlinenos: undefined,
    lineanchors: undefined,
    startFrom: undefined,
    showLineNumbers: undefined,
    numberLines: undefined,
    highlight: undefined,
    copy: undefined,
    filename: undefined,
    caption: undefined,
    collapse: undefined,
    wrap: undefined,
    theme: undefined,
  }),
)

/** @param name - As written; scrut ends a name with a colon, knitr with a comma. */
export function foreignAttribute(
  name: string,
): { readonly tool: string; readonly help: string | undefined } | undefined {
  const bare = name.replace(/[:,]+$/, '')
  return valueOf(foreign, bare)
}

function of(tool: string, names: Readonly<Record<string, string | undefined>>): typeof foreign {
  return named(Object.entries(names).map(([name, help]) => [name, { tool, help }] as const))
}
