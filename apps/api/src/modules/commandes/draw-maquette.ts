import type { FileAnswer } from '@pass/contracts/route.ts'
import { endOfValidity } from '@pass/domain/commandes.ts'
import type { Ctx } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { reaches } from '../../platform/reach.ts'
import { getConvention } from '../conventions/public.ts'
import { drawMaquette as draw } from './carnet.pdf.ts'
import { lotToPrint } from './lot-to-print.ts'
import { getCommande } from './queries.ts'

/** The carnet as it will be printed, marked on every page: what the buyer answers. The last day is the one of a proof validated today. */
export const drawMaquette = async (ctx: Ctx, { commandeId }: { commandeId: string }): Promise<FileAnswer> => {
  if (!reaches(ctx, 'maquette')) throw new NotFound()
  const { reference, convention } = await getCommande(ctx, { commandeId })
  const { validiteMois } = await getConvention(ctx, { conventionId: convention.id })
  const lot = await lotToPrint(ctx, commandeId, endOfValidity(ctx.today, validiteMois))
  return {
    nom: `maquette-${reference}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(draw, lot, { titre: `Maquette de la commande ${reference}, spécimen`, now: ctx.now }),
  }
}
