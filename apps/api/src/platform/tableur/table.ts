/** A cell as a person sees it; a formula is told, its result is not to be trusted. */
export type Cell = { texte: string; formule: boolean }
/** A line with its number in the file, so that a person finds it again. */
export type Row = { numero: number; cellules: Cell[] }

/** The most lines of a file, its header left out. */
export const LIGNES_MAX = 100_000
export const COLONNES_MAX = 50
const TEXTE_MAX = 500

/** The file cannot be read as a table: a French sentence, with the line and the column when there are. */
export class Unreadable extends Error {}

/** `A`, `B`… `Z`, `AA`: the name of a column as spreadsheets give it, from its place (0 first). */
export const letterOf = (place: number): string =>
  place < 26 ? String.fromCharCode(65 + place) : letterOf(Math.floor(place / 26) - 1) + letterOf(place % 26)

/** Collects the lines that hold something, within the limits of a file. */
export const collector = () => {
  const lignes: Row[] = []
  const add = (numero: number, cellules: Cell[]) => {
    if (cellules.every(({ texte, formule }) => texte === '' && !formule)) return
    if (lignes.length > LIGNES_MAX)
      throw new Unreadable(`Ligne ${numero}\u00a0: ce fichier compte plus de 100 000 lignes. Découpez-le en plusieurs fichiers.`)
    if (cellules.length > COLONNES_MAX)
      throw new Unreadable(`Ligne ${numero}\u00a0: cette ligne compte plus de ${COLONNES_MAX} colonnes. Partez du modèle.`)
    const long = cellules.findIndex(({ texte }) => texte.length > TEXTE_MAX)
    if (long !== -1) throw new Unreadable(`Ligne ${numero}, colonne ${letterOf(long)}\u00a0: ce texte dépasse ${TEXTE_MAX} caractères.`)
    lignes.push({ numero, cellules })
  }
  return { lignes, add }
}
