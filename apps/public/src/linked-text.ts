export type Piece = { texte: string; href?: string }

/** A text cut at its web addresses; the point or the bracket that closes a sentence is not part of the address. */
export const linkedText = (texte: string): Piece[] => {
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: found, index } of texte.matchAll(/https?:\/\/[^\s<>"«»]+/g)) {
    const href = found.replace(/[).,;:!?\]]+$/, '')
    if (!URL.canParse(href)) continue
    if (index > from) pieces.push({ texte: texte.slice(from, index) })
    pieces.push({ texte: href, href })
    from = index + href.length
  }
  if (from < texte.length) pieces.push({ texte: texte.slice(from) })
  return pieces
}
