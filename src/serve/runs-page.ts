/** The page of runs: empty until its module has asked for them, because a page carries no token. */

/** @param langTag - As in `<html lang>`; the module takes its words from it. */
export function runsPage(langTag: string): string {
  return (
    `<!doctype html><html lang="${langTag}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width"><title>runbook</title>' +
    '<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/_runbook/runs.css">' +
    '<script type="module" src="/_runbook/runs.js"></script></head><body></body></html>'
  )
}
