import type { FileAnswer } from '@pass/contracts/route.ts'
import { FACTURE_NATURE_LABELS, type FactureNature } from '@pass/domain/factures.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { drawFacture as draw } from './facture.pdf.ts'
import { readFacture } from './facture-queries.ts'

/** The document, drawn again from what was kept: the same bytes as long as nothing of it was corrected. */
export const drawFacture = async (ctx: Ctx, { factureId }: { factureId: string }): Promise<FileAnswer> => {
  const row = await readFacture(ctx, factureId)
  const nature = row.nature as FactureNature
  const facture = {
    ...row,
    nature,
    date: dayOf(row.dateEmission),
    echeance: row.dateEcheance && dayOf(row.dateEcheance),
    vendeur: { nom: row.vendeur, siret: row.vendeurSiret },
    acheteur: { nom: row.acheteur, siret: row.acheteurSiret },
    montantCentimes: Number(row.montantCentimes),
    fraisCentimes: Number(row.fraisCentimes),
    tvaCentimes: Number(row.tvaCentimes),
    totalCentimes: Number(row.totalCentimes),
    rejetee: row.statut === 'rejetee',
  }
  const titre = `${FACTURE_NATURE_LABELS[nature]} ${row.numero}`
  return {
    nom: `${nature}-${row.numero}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(draw, facture, { titre, now: row.createdAt }),
  }
}
