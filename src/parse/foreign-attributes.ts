import { shared } from '../diagnostic/messages.ts'
import type { Message } from '../model/message.ts'
import { mergedNames, named, valueOf } from '../model/named.ts'
import { messages } from './messages.ts'

/**
 * Attributes of other tools, with our equivalent.
 *
 * Runme, scrut, shelldoc, knitr, Hugo and Docusaurus all write into the braces of an info string.
 */
const foreign: Readonly<
  Record<string, { readonly tool: string | Message; readonly help: Message | undefined }>
> = mergedNames(
  of('Runme', {
    name: shared.write('{#NAME}'),
    cwd: shared.write('{dir=PATH}'),
    interactive: messages.dialogAfterBlock,
    interpreter: shared.write('{run=COMMAND}'),
    promptEnv: messages.declareInFrontMatter,
    excludeFromRunAll: messages.writeTags,
    category: shared.write('{tags=…}'),
    closeTerminalOnSuccess: undefined,
    terminalRows: undefined,
    mimeType: undefined,
    ignore: shared.write('{example}'),
  }),
  of('scrut', {
    output_stream: messages.streamOnOutput,
    fail_fast: messages.keepGoing,
    detached: shared.write('{background}'),
    wait: shared.write('{ensures=… within=…}'),
    environment: messages.declareInFrontMatter,
    skip_document_code: messages.unlessOrWhen,
    strip_ansi_escaping: undefined,
    keep_crlf: undefined,
  }),
  of('shelldoc', {
    shelldocexitcode: shared.write('{exit=N}'),
    shelldocwhatever: shared.write('{exit=any}'),
  }),
  of('knitr', {
    eval: shared.write('{example}'),
    echo: undefined,
    include: undefined,
    cache: undefined,
    results: messages.nocompareWithOutput,
    engine: shared.write('{run=COMMAND}'),
  }),
  of(messages.siteGenerators, {
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
): { readonly tool: string | Message; readonly help: Message | undefined } | undefined {
  const bare = name.replace(/[:,]+$/, '')
  return valueOf(foreign, bare)
}

function of(
  tool: string | Message,
  names: Readonly<Record<string, Message | undefined>>,
): typeof foreign {
  return named(Object.entries(names).map(([name, help]) => [name, { tool, help }] as const))
}
