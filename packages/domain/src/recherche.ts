import { parseCode } from './codes.ts'
import { describeEtiquette, isLikeEtiquette, parseEtiquette } from './etiquettes.ts'
import type { Plage } from './plages.ts'
import { parseSerie } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/**
 * A text as searches compare it: without accents, lower case, anything but letters and digits made one space. The SQL function
 * `recherche_de` does the same; a test holds them equal. `L’Haÿ-les-Roses` → `l hay les roses`.
 */
export const rechercheDe = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[œŒ]/g, 'oe')
    .replace(/[æÆ]/g, 'ae')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** What a number typed or scanned can be. A reference keeps its letters and figures only, in capitals: `B260002`. */
export type Numero =
  | { sorte: 'serie'; serie: number }
  | { sorte: 'etiquette'; plage: Plage; mots: string }
  | { sorte: 'siret'; siret: string }
  | { sorte: 'reference'; cle: string }

/** A printed reference as searches compare it: `C-2026-004`, `c 2026 004` → `C2026004`. The database does the same on its side. */
export const cleDeReference = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '')

const CLE_MIN = 3
const CLE_MAX = 30

/**
 * Reads what a person typed in the one search field: a carnet's number, a label of a carton, a SIRET, or the reference of a
 * document. A whole pass code is refused before it leaves the browser: it is worth money, and opens nothing (I10).
 */
export const readNumero = (text: string): { ok: true; numero: Numero } | { ok: false; refusal: Refusal } => {
  const cle = cleDeReference(text)
  const wrong = (message: string) => ({ ok: false, refusal: refuse('numero_malforme', message, [{ chemin: 'texte', message }]) }) as const
  if (cle.length < CLE_MIN) return wrong('Tapez au moins trois caractères du numéro. Exemples : PN 26-0001234-K, B26-0002.')
  // fourteen figures with a wrong key too: some bodies are registered under one
  if (/^\d{14}$/.test(cle)) return { ok: true, numero: { sorte: 'siret', siret: cle } }
  const serie = parseSerie(text)
  if (serie.ok) return { ok: true, numero: { sorte: 'serie', serie: serie.serie } }
  if (isLikeEtiquette(text)) {
    const read = parseEtiquette(text)
    if (read.ok) return { ok: true, numero: { sorte: 'etiquette', plage: read.etiquette, mots: describeEtiquette(read.etiquette) } }
  }
  if (parseCode(text).ok)
    return wrong('C’est le code d’un pass : il se scanne au guichet, il ne se cherche pas. Cherchez le numéro PN de la couverture.')
  if (cle.startsWith('PN')) return serie
  return cle.length > CLE_MAX
    ? wrong('Ce numéro est trop long. Exemples : PN 26-0001234-K, B26-0002.')
    : { ok: true, numero: { sorte: 'reference', cle } }
}
