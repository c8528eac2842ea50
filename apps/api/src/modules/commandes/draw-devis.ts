import type { Commande } from '@pass/contracts/commandes.ts'
import type { FileAnswer } from '@pass/contracts/route.ts'
import { parisDay } from '@pass/domain/days.ts'
import type { Ctx } from '../../platform/context.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { reaches } from '../../platform/reach.ts'
import { fraisOn } from '../comptabilite/public.ts'
import { getConvention } from '../conventions/public.ts'
import { drawDevis as draw } from './commande-devis.pdf.ts'
import { getCommande } from './queries.ts'

/** The rates that the quote was made with; before it, those that it would be made with today. */
export const ratesOf = async (ctx: Ctx, { fraisBp, tvaBp, convention }: Commande) => ({
  fraisBp: fraisBp ?? (await getConvention(ctx, { conventionId: convention.id })).fraisAmontBp,
  tvaBp: tvaBp ?? (await fraisOn(ctx)).tvaBp,
})

export const partieOf = async (ctx: Ctx, id: string) =>
  found(await ctx.db.organisation.findUnique({ where: { id }, select: { nom: true, siret: true } }))

/** The quote as a file, for its two parties: the ANCT reads the order, never another's price on paper. */
export const drawDevis = async (ctx: Ctx, { commandeId }: { commandeId: string }): Promise<FileAnswer> => {
  const commande = await getCommande(ctx, { commandeId })
  if (!reaches(ctx, 'lot')) throw new NotFound()
  const made = commande.etapes.findLast(({ action }) => action === 'devis')?.at ?? commande.createdAt
  const devis = {
    ...commande,
    projet: commande.statut === 'brouillon',
    date: parisDay(new Date(made)),
    collectivite: await partieOf(ctx, commande.collectivite.id),
    operateur: await partieOf(ctx, commande.operateur.id),
    ...(await ratesOf(ctx, commande)),
  }
  const titre = `Devis ${commande.reference}`
  return {
    nom: `devis-${commande.reference}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(draw, devis, { titre, now: new Date(made) }),
  }
}
