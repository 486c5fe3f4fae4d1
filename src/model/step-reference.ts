/** A step as a person names it: `ID`, or `PAGE#ID`, where PAGE may omit leading folders. */

export interface StepReference {
  /** Without `./` and `.md`; `undefined`: any page. */
  readonly page: string | undefined
  readonly id: string
}

export function readStepReference(text: string): StepReference {
  const at = text.lastIndexOf('#')
  return at === -1
    ? { page: undefined, id: text }
    : { page: text.slice(0, at).replace(/^\.\//, '').replace(/\.md$/i, ''), id: text.slice(at + 1) }
}

/**
 * The pages that a reference names: the page with that name in the run, else every page whose path
 * ends in it.
 */
export function pagesNamed<P extends { readonly name: string; readonly file?: string }>(
  page: string | undefined,
  pages: readonly P[],
): readonly P[] {
  if (page === undefined) return pages
  const exact = pages.filter(({ name }) => name === page)
  if (exact.length > 0) return exact
  return pages.filter(({ name, file }) =>
    [name, file?.replace(/\.md$/i, '')].some(
      (path) => path !== undefined && (path === page || path.endsWith(`/${page}`)),
    ),
  )
}
