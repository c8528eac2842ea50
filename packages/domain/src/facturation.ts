import { bareSiret, isSiret } from './organisations.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What a buyer writes on its orders so that its invoices are not sent back. */
export const REFERENCES = ['numeroMarche', 'numeroEngagement', 'codeService', 'siretFacturation'] as const
export type ReferenceField = (typeof REFERENCES)[number]
export type References = Record<ReferenceField, string | null>

export const REFERENCE_LABELS: Record<ReferenceField, string> = {
  numeroMarche: 'Numéro de marché',
  numeroEngagement: 'Numéro d’engagement',
  codeService: 'Code service',
  siretFacturation: 'SIRET de facturation',
}

const MISSING: Record<ReferenceField, string> = {
  numeroMarche: 'Indiquez le numéro de marché : votre organisation le demande sur ses factures. Exemple : 2026-M-014.',
  numeroEngagement: 'Indiquez le numéro d’engagement : votre organisation le demande sur ses factures. Exemple : EJ-2026-17.',
  codeService: 'Indiquez le code service : votre organisation le demande sur ses factures. Exemple : FINANCES.',
  siretFacturation: 'Indiquez le SIRET de facturation. Exemple : 212 302 509 00014.',
}

/** Which references a body demands on its orders; the SIRET is always its own by default. */
type Exigences = { exigeMarche: boolean; exigeEngagement: boolean; exigeCodeService: boolean }

/** True when this field must be filled in for this body (ux.md A9: required only when the body demands it). */
export const isDemanded = (field: ReferenceField, { exigeMarche, exigeEngagement, exigeCodeService }: Exigences): boolean =>
  (field === 'numeroMarche' && exigeMarche) ||
  (field === 'numeroEngagement' && exigeEngagement) ||
  (field === 'codeService' && exigeCodeService)

/** Why a SIRET as typed is refused, wherever it stands: 14 digits and their key; nothing is nothing. A 400. */
export const whyNotSiret = (siret: string | null, chemin: string): Refusal | null => {
  if (siret === null || isSiret(siret)) return null
  const { code, message } = refuse('siret_invalide')
  return { code, message, erreurs: [{ chemin, message }] }
}

/** Why the references of an order are refused: each one that the body demands is there. */
export const whyNotReferences = (references: References, exigences: Exigences): Refusal | null => {
  const erreurs = REFERENCES.filter((field) => isDemanded(field, exigences) && !references[field]).map((field) => ({
    chemin: field,
    message: MISSING[field],
  }))
  return erreurs[0] ? refuse('reference_manquante', erreurs[0].message, erreurs) : null
}

/** A SIRET as kept: its digits alone. */
export const keptSiret = (siret: string | null): string | null => (siret === null ? null : bareSiret(siret))
