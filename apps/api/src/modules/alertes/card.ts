import type { Droit } from '@pass/domain/droits.ts'

/** What a card says of its count. `id` is one of the things counted: with only one, the link opens it. */
export type Counted = { nombre: number; id: string | null }
type Words = { titre: string; texte: string; lien: string; action: string }
/** A card is shown to who holds the droit of what it asks for, in the order of the list. */
export type Card = { code: string; droit: Droit; mots: (counted: Counted) => Words }

/** The plural of a word. */
export const s = (nombre: number) => (nombre > 1 ? 's' : '')
/** The sheet of the only one, or the list. */
export const open =
  (base: string, liste: string) =>
  ({ nombre, id }: Counted) =>
    nombre === 1 && id ? `${base}/${id}` : liste

type Text = (nombre: number) => string
/** A card in one line. */
export const card = (code: string, droit: Droit, titre: Text, texte: Text, lien: (counted: Counted) => string, action: string): Card => ({
  code,
  droit,
  mots: (counted) => ({ titre: titre(counted.nombre), texte: texte(counted.nombre), lien: lien(counted), action }),
})

/** The same words whatever the count. */
export const always = (text: string) => () => text
