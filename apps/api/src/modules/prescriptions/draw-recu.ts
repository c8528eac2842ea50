import type { FileAnswer } from '@pass/contracts/route.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { getRemise } from './get-remise.ts'
import { drawRecuPages } from './recu.pdf.ts'

/** The receipt of a hand-over, in two copies on one page. Its file name says nothing of the person. */
export const drawRecu = async (ctx: Ctx, { prescriptionId }: { prescriptionId: string }): Promise<FileAnswer> => {
  const remise = await getRemise(ctx, { prescriptionId })
  enforce(remise.annulee ? refuse('prescription_statut', 'Cette remise est annulée : elle n’a plus de reçu.') : null)
  const { now } = ctx
  return {
    nom: `recu-${remise.serie.replaceAll(/\s/g, '-')}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(drawRecuPages, remise, { titre: `Reçu du carnet ${remise.serie}`, now }),
  }
}
