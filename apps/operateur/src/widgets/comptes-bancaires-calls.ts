import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { compteBancaireRoutes } from '@pass/contracts/comptes-bancaires.ts'
import { COMPTE_BANCAIRE_LABELS } from '@pass/domain/comptes.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'

export const { listComptesBancaires, getCompteBancaire, readIban, checkCompteBancaire, acceptCompteBancaire, refuseCompteBancaire } =
  compteBancaireRoutes

/** What an act on an account changes. */
export const COMPTE_READS = [listComptesBancaires, getCompteBancaire, accueilRoutes.getAccueil] as const

export const CompteBancaireBadge = statutBadge(COMPTE_BANCAIRE_LABELS, {
  propose: 'attente',
  accepte: 'bien',
  refuse: 'refus',
  remplace: 'neutre',
  retire: 'neutre',
})
