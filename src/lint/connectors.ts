const connectors =
  /^(?:或|或者|或是|和|与|及|以及|并|并且|然后|再|接着|如果|否则|其中|例如|比如|即|也可以|可以|注意|注|如)$/

/** Whether a Chinese word joins two commands for a reader; bash would take it as an argument. */
export function isConnector(word: string): boolean {
  return connectors.test(word)
}
