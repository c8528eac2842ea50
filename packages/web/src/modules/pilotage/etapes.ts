import type { Figure, FigureEtape as EtapeCode } from '@pass/domain/figures.ts'

export type { FigureEtape as EtapeCode } from '@pass/domain/figures.ts'

/** The stage of a figure, always named (domain.md section 8). */
export const ETAPE_LABELS: Record<EtapeCode, string> = {
  commandes: 'Commandés',
  livres: 'Livrés',
  actives: 'Activés',
  attribues: 'Attribués',
  remis: 'Remis',
  entames: 'Entamés',
  utilises: 'Utilisés',
  rembourses: 'Remboursés',
}

/** Stages counted in pass: a carnet is neither used nor paid as a whole. */
export const isInPass = (code: EtapeCode): boolean => code === 'utilises' || code === 'rembourses'

// Each bar compares two figures of the same unit: carnets with carnets, pass with pass.
const BASES: Partial<Record<EtapeCode, { base: EtapeCode; mots: string }>> = {
  livres: { base: 'commandes', mots: 'des commandés' },
  actives: { base: 'livres', mots: 'des livrés' },
  attribues: { base: 'livres', mots: 'des livrés' },
  remis: { base: 'attribues', mots: 'des attribués' },
  entames: { base: 'remis', mots: 'des remis' },
  utilises: { base: 'actives', mots: 'des pass activés' },
  rembourses: { base: 'utilises', mots: 'des pass utilisés' },
}

export type EtapePart = { part: number; partTexte: string }

/** The share of the stage it comes from, null when there is nothing to compare with. */
export const partOf = (etapes: readonly Figure[], { etape, pass }: Figure): EtapePart | null => {
  const link = BASES[etape]
  const base = link && etapes.find((other) => other.etape === link.base)
  if (!link || !base || base.pass === 0) return null
  const part = pass / base.pass
  return { part, partTexte: `${Math.round(part * 100)}\u00a0% ${link.mots}` }
}
